import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { archiveCommentOf, archiveNameOf, templateProblem } from './archive-name.js'

const of = { series: 'home', jobId: 'job_7', at: '2026-11-03T02:13:00.123Z', attempt: 1 }

test('an archive is named by its series and its second in UTC', () => {
  assert.is(archiveNameOf(undefined, of), 'home-20261103T021300Z')
})

test('a template may say series, time and job, each as often as it likes', () => {
  assert.is(archiveNameOf('{job}.{series}.{time}.{series}', of), 'job_7.home.20261103T021300Z.home')
  assert.is(archiveNameOf('fixed', of), 'fixed')
})

test('a later attempt has its number as a suffix, so that a clash of names is no failure', () => {
  assert.is(archiveNameOf('fixed', { ...of, attempt: 2 }), 'fixed-2')
  assert.is(archiveNameOf(undefined, { ...of, attempt: 10 }), 'home-20261103T021300Z-10')
})

test('a template is refused for any other brace, a slash, the end of an unfinished archive’s name, a blank at an end, and for its length', () => {
  for (const template of ['{series}-{time}', 'plain', '{job}', 'x'.repeat(100)]) assert.is(templateProblem(template), null, template)
  for (const template of ['{now}', '{series', 'a}', '{{series}}', '{Series}'])
    assert.match(templateProblem(template) ?? '', /no placeholder but/, template)
  assert.match(templateProblem('a/b') ?? '', /no slash/)
  assert.match(templateProblem('{series}.checkpoint') ?? '', /no \.checkpoint at the end/)
  for (const template of [' a', 'a ', 'x'.repeat(101)]) assert.match(templateProblem(template) ?? '', /at most 100 characters and no blank/)
})

test('the comment names series and job', () => {
  assert.is(archiveCommentOf('home', 'job_7'), 'series=home job=job_7')
})

test.run()
