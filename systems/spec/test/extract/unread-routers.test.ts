import { expect, test } from 'vitest'
import { extractFiles } from '../packs/fixture.ts'

const unread = async (files: Record<string, string>) => {
  const { set } = await extractFiles(files)
  return set.frameworks.flatMap(({ name, isRead, foundIn }) => (isRead ? [] : [`${name} in ${foundIn}`]))
}

test('a package outside that is named for routing and is given paths by code is named as not read [SPEC-EXTRACT-09]', async () => {
  expect(
    await unread({
      'package.json': '{"name":"mill","dependencies":{"express":"4","mill-router":"1","page-router":"2"}}',
      'looms.js': `const express = require('express')
const { Router } = require('mill-router')
const own = require('./own-router')
const looms = new Router({ strict: true })
looms.get('/looms', (req, res) => res.json([]))
own().get('/own', () => 1)
const app = express()
app.use(looms.middleware)
app.get('/health', (req, res) => res.json({}))
app.listen(80)
`,
      'own-router.js': `module.exports = () => ({ get () {} })`,
      // What shows pages makes routes in no such way.
      'pages.js': `import { createRouter } from 'page-router'
export const pages = createRouter({ routes: [{ path: '/looms' }] })
pages.push('/looms')
`,
    }),
  ).toEqual(['mill-router in looms.js'])
  expect(
    await unread({
      'requirements.txt': 'fastapi\nmill-routing\n',
      'app.py': `from fastapi import APIRouter, FastAPI
from mill_routing import ClassRouter
app = FastAPI()
looms = ClassRouter()
cloth = APIRouter()
@looms.get("/looms")
def all_looms():
    return []
@cloth.get("/cloth")
def all_cloth():
    return []
app.include_router(cloth)
`,
    }),
  ).toEqual(['mill_routing in app.py'])
  expect(
    await unread({
      'go.mod': 'module mill\n\nrequire example.org/weave/router v1.0.0\n',
      'main.go': `package main
import (
	"net/http"
	"example.org/weave/router"
)
func main() {
	r := router.New()
	r.GET("/looms", looms)
	http.HandleFunc("/health", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) })
	http.ListenAndServe(":80", r.Handler())
}
`,
    }),
  ).toEqual(['example.org/weave/router in main.go'])
})

test('frameworks that no pack reads are named by what manifests have, and no others are [SPEC-EXTRACT-09]', async () => {
  const named = async (file: string, text: string) =>
    (await extractFiles({ [file]: text, 'app.js': '', 'app.py': '' })).set.frameworks.map(({ name }) => name)
  expect(await named('package.json', '{"dependencies":{"egg":"3"}}')).toEqual(['Egg'])
  expect(await named('package.json', '{"dependencies":{"egg-mock":"3"}}')).toEqual([])
  expect(await named('requirements.txt', 'chalice==1.30\nevent-bus\nhug-tools\n')).toEqual(['Chalice'])
  expect(await named('requirements.txt', 'web.py\n')).toEqual(['web.py'])
})
