/** The page before its script has run: its parts, their headings and labels. */

export const Shell = () => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>borgledger</title>
      <link rel="icon" href="/assets/icon.svg" />
      <link rel="stylesheet" href="/assets/app.css" />
      <script type="module" src="/assets/app.js" />
    </head>
    <body>
      <Banner />
      <noscript>
        <p class="card">This page needs JavaScript. The HTTP API and the command line do not.</p>
      </noscript>
      <SignIn />
      <main id="ledger" hidden>
        <div class="column">
          <Repositories />
          <Schedules />
          <StartBackup />
        </div>
        <div class="column">
          <Jobs />
          <section id="job" class="card" aria-labelledby="job-title" hidden />
        </div>
      </main>
      <CancelDialog />
    </body>
  </html>
)

const Banner = () => (
  <header>
    <h1>
      <img src="/assets/icon.svg" alt="" width="28" height="28" />
      borgledger
    </h1>
    <p id="health" class="health" role="status" />
    <div class="verify" hidden id="verify">
      <p id="verdict" role="status" />
      <button type="button" id="verify-button">
        Verify history
      </button>
      <button type="button" id="sign-out" class="quiet">
        Sign out
      </button>
    </div>
  </header>
)

const SignIn = () => (
  <form id="sign-in" class="card narrow" hidden>
    <h2>Sign in</h2>
    <label for="token">Access token</label>
    <input id="token" type="password" autocomplete="current-password" required spellcheck={false} aria-describedby="token-hint" />
    <p id="token-hint" class="hint">
      The first one stands in the file <code>admin-token</code> of the data directory. It is kept in this tab alone.
    </p>
    <p id="sign-in-error" class="error" role="alert" hidden />
    <button type="submit">Sign in</button>
  </form>
)

const Repositories = () => (
  <section class="card" aria-labelledby="repositories-title">
    <h2 id="repositories-title">Repositories</h2>
    <ul id="repositories" class="rows" />
  </section>
)

const Schedules = () => (
  <section id="schedules-card" class="card" aria-labelledby="schedules-title" hidden>
    <h2 id="schedules-title">Schedules</h2>
    <ul id="schedules" class="rows" />
    <p id="schedules-error" class="error" role="alert" hidden />
  </section>
)

const StartBackup = () => (
  <form id="start" class="card" aria-labelledby="start-title">
    <h2 id="start-title">Start a backup</h2>
    <label for="start-repository">Repository</label>
    <select id="start-repository" required />
    <label for="start-sources">Folders, one a line</label>
    <textarea id="start-sources" rows={3} required spellcheck={false} placeholder="/home" />
    <p id="start-error" class="error" role="alert" hidden />
    <button type="submit">Start backup</button>
  </form>
)

const Jobs = () => (
  <section class="card" aria-labelledby="jobs-title">
    <h2 id="jobs-title">Jobs</h2>
    <ul id="jobs" class="rows" />
    <button type="button" id="more-jobs" class="quiet" hidden>
      Show older jobs
    </button>
  </section>
)

const CancelDialog = () => (
  <dialog id="cancel" aria-labelledby="cancel-title">
    <form method="dialog">
      <h2 id="cancel-title">Stop this job?</h2>
      <label for="cancel-reason">Reason, for the history</label>
      <input id="cancel-reason" required value="cancelled on the web page" />
      <div class="buttons">
        <button type="submit" value="keep" class="quiet" formnovalidate>
          Let it run
        </button>
        <button type="submit" value="stop" class="danger">
          Stop it
        </button>
      </div>
    </form>
  </dialog>
)
