import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { loadAssets } from './assets.js'
import { pageRoutes } from './page-routes.js'

const page = pageRoutes()
const html = async (): Promise<string> => (await page.request('/')).text()

test('the page needs no token, runs no inline script and asks nobody else', async () => {
  const response = await page.request('/')
  assert.is(response.status, 200)
  assert.match(response.headers.get('Content-Security-Policy') ?? '', "default-src 'none'; script-src 'self'; style-src 'self'")
  const text = await response.text()
  assert.match(text, /^<!doctype html><html lang="en">/)
  assert.not.match(text, /<script[^>]*>[^<]|style="|\son[a-z]+="|https?:/)
})

test('everything that the page and its scripts name is there', async () => {
  const assets = loadAssets()
  const named = [...(await html()).matchAll(/\/assets\/([\w.-]+)/g)].map(([, name]) => name ?? '')
  const imported = [...assets.values()].flatMap(({ text }) => [...text.matchAll(/from '\.\/([\w.-]+)'/g)].map(([, name]) => name ?? ''))
  for (const name of [...named, ...imported]) {
    const response = await page.request(`/assets/${name}`)
    assert.is(response.status, 200, name)
    assert.is(response.headers.get('X-Content-Type-Options'), 'nosniff')
  }
  assert.ok(named.length >= 3 && imported.length >= 10)
})

test('the scripts find every part of the page that they ask for', async () => {
  const ids = new Set([...(await html()).matchAll(/\sid="([\w-]+)"/g)].map(([, id]) => id))
  const scripts = [...loadAssets().values()].map(({ text }) => text).join('\n')
  const made = new Set([...scripts.matchAll(/\bid: '([\w-]+)'/g)].map(([, id]) => id))
  for (const [, id] of scripts.matchAll(/\b(?:part|say)\('([\w-]+)'/g)) assert.ok(ids.has(id) || made.has(id), id)
})

test('nothing but the assets is served', async () => {
  for (const path of ['/assets/', '/assets/package.json', '/assets/..%2Fpackage.json', '/assets/__proto__']) {
    assert.is((await page.request(path)).status, 404, path)
  }
})

test('every field of the page has a label', async () => {
  const text = await html()
  const labels = new Set([...text.matchAll(/<label for="([\w-]+)"/g)].map(([, id]) => id))
  for (const [, id] of text.matchAll(/<(?:input|select|textarea)[^>]*\sid="([\w-]+)"/g)) assert.ok(labels.has(id), id)
})

test.run()
