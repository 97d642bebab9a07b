import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { planProblem, prunePatternOf, seriesOfArchive } from './prune-scope.js'

const keep = { daily: 7 }
const home = { keep, series: 'home' }
const archive = (series: string, suffix = '') => `${series}-20261103T021300Z${suffix}`

/** Borg's shell style, as far as the pattern uses it. */
const matches = (pattern: string, name: string): boolean =>
  new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(name)

test('the pattern of a series asks for its name and a time stamp, and takes what may follow one', () => {
  const pattern = prunePatternOf(home)
  for (const name of [archive('home'), archive('home', '-2'), archive('home', '.checkpoint')]) assert.ok(matches(pattern, name), name)
  for (const name of [archive('home-media'), 'home-old', 'home-2026', `x${archive('home')}`]) assert.not(matches(pattern, name), name)
})

test('a glob is taken as it is, and all archives are everything', () => {
  assert.is(prunePatternOf({ keep, glob: 'home-*' }), 'home-*')
  assert.is(prunePatternOf({ keep, allArchives: true }), '*')
})

test('an archive speaks of its series by its name, whatever its attempt, and also as a checkpoint', () => {
  for (const suffix of ['', '-2', '-10', '.checkpoint', '.checkpoint.1', '-2.checkpoint'])
    assert.is(seriesOfArchive(archive('home-media', suffix)), 'home-media', suffix)
  for (const name of ['home', 'home-1', archive('home', '-media'), archive('home', '-old-2')]) assert.is(seriesOfArchive(name), null, name)
})

const plan = (...prunes: ReadonlyArray<string>) => ({ keeps: ['another'], prunes })

test('a plan for a series stops at an archive that is not of it', () => {
  assert.is(planProblem(home, plan(archive('home'), archive('home', '-2'), archive('home', '.checkpoint')), []), null)
  for (const name of [archive('home-media'), archive('home', '-media'), 'home-old'])
    assert.is(planProblem(home, plan(archive('home'), name), []), `the plan would delete ${name}, which is not of series home`)
})

test('a plan for a glob or for all archives may name any', () => {
  const names = [archive('home'), archive('home-media'), 'by-hand']
  assert.is(planProblem({ keep, glob: '*' }, plan(...names), []), null)
  assert.is(planProblem({ keep, allArchives: true }, plan(...names), []), null)
})

test('no plan may delete the newest good archive of any series', () => {
  const newest = [archive('media'), archive('home')]
  const said = `the plan would delete ${archive('home')}, the newest good archive of its series`
  assert.is(planProblem(home, plan(archive('home')), newest), said)
  assert.is(planProblem({ keep, allArchives: true }, plan(archive('home')), newest), said)
  assert.is(planProblem(home, plan(archive('home', '-2')), newest), null)
})

test('a plan that keeps nothing is not carried out, for the rule must keep something', () => {
  const all = { keeps: [], prunes: [archive('home'), archive('home', '-2')] }
  assert.is(planProblem(home, all, []), 'the plan would keep no archive, and delete 2')
  assert.is(planProblem(home, { ...all, keeps: null }, []), null)
  assert.is(planProblem(home, { keeps: [], prunes: [] }, []), null)
})

test('an unfinished archive is of its series, and is none that is kept or lost', () => {
  const [one, other] = [archive('home', '.checkpoint'), archive('home', '-2.checkpoint.1')]
  assert.is(planProblem(home, plan(one), [archive('home')]), null)
  assert.is(
    planProblem(home, plan(archive('media', '.checkpoint')), []),
    `the plan would delete ${archive('media', '.checkpoint')}, which is not of series home`,
  )
  assert.is(planProblem(home, { keeps: [one], prunes: [archive('home')] }, []), 'the plan would keep no archive, and delete 1')
  assert.is(planProblem(home, { keeps: [one], prunes: [other] }, []), null)
})

test.run()
