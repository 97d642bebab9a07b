import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { parseExposition } from '../fixtures/parse-exposition.js'
import { exposition } from './exposition.js'

test('a family is its help, its type and its samples', () => {
  const samples = [{ value: 3 }, { labels: { repository: 'laptop', state: 'failed' }, value: 0.25 }]
  assert.is(
    exposition([{ name: 'jobs_total', type: 'counter', help: 'All of them.', samples }]),
    '# HELP jobs_total All of them.\n# TYPE jobs_total counter\njobs_total 3\njobs_total{repository="laptop",state="failed"} 0.25\n',
  )
})

test('whatever stands in a label or a help comes out as it was', () => {
  const [strange, help] = ['a"b\\c\nd\\n', 'two\nlines \\']
  const text = exposition([{ name: 'x', type: 'gauge', help, samples: [{ labels: { strange }, value: Number.POSITIVE_INFINITY }] }])
  assert.is(text.split('\n').length, 4)
  assert.equal([...(parseExposition(text).get('x')?.samples ?? [])], [[`strange=${strange}`, Number.POSITIVE_INFINITY]])
})

test('a family without samples is a family all the same', () => {
  assert.is(parseExposition(exposition([{ name: 'x', type: 'gauge', help: 'none', samples: [] }])).get('x')?.samples.size, 0)
})

test('what does not follow the grammar is found', () => {
  for (const text of ['x 1', 'x 1\n', '# HELP x y\nx 1\n', '# HELP x y\n# TYPE x gauge\ny 1\n', '# HELP x y\n# TYPE x gauge\nx{a=1} 1\n'])
    assert.throws(() => parseExposition(text), undefined, text)
})

test.run()
