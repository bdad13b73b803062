import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const routed = async (files: Record<string, string>) => {
  const { set } = await extractFiles(files)
  return factsOf(set.facts, 'operation').map(({ grade, method, path }) => `${grade} ${method} ${path}`)
}

test('a check of settings that fails where nothing is set does not end what comes after it [SPEC-EXTRACT-01]', async () => {
  const found = await routed({
    'requirements.txt': 'fastapi==0.110.0\n',
    'harbour.py': `import os
from fastapi import FastAPI


def need_settings():
    missing = []
    for name in ("HARBOUR_KEY", "HARBOUR_URL"):
        if os.getenv(name) is None:
            missing.append(name)
    if missing:
        raise RuntimeError("Set " + ", ".join(missing))
    return True


need_settings()
checked = need_settings()
app = FastAPI()


@app.get("/berths")
def berths():
    return []
`,
  })
  expect(found).toEqual(['proved GET /berths'])
})

test('a check of settings does not end a function that makes the program either [SPEC-EXTRACT-01]', async () => {
  const found = await routed({
    'package.json': '{"dependencies":{"express":"4.19.0"}}',
    'index.js': `const express = require('express')
const missing = []
for (const name of ['HARBOUR_KEY']) if (!process.env[name]) missing.push(name)
function need() {
  if (missing.length > 0) throw new Error('Set ' + missing.join())
}
function create() {
  need()
  const app = express()
  app.get('/berths', (req, res) => res.json([]))
  return app
}
create().listen(3000)
`,
  })
  expect(found).toEqual(['proved GET /berths'])
})

test('one router under two names that Python gives it at once is one [SPEC-PACKS-01]', async () => {
  const found = await routed({
    'requirements.txt': 'fastapi==0.110.0\n',
    'berths.py': `from fastapi import APIRouter

berths_router = r = APIRouter()


@r.get("/berths")
def berths():
    return []
`,
    'main.py': `from fastapi import FastAPI

from berths import berths_router

app = FastAPI()
app.include_router(berths_router, prefix="/v1")
`,
  })
  expect(found).toEqual(['proved GET /v1/berths'])
})

test('of routers that code outside gives is asked what they route [SPEC-EXTRACT-09]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'fastapi==0.110.0\nfastapi-users==13.0.0\n',
    'main.py': `from fastapi import FastAPI
from fastapi_users import FastAPIUsers

from accounts import backend, get_manager

members = FastAPIUsers(get_manager, [backend])
app = FastAPI()
app.include_router(members.get_auth_router(backend), prefix="/auth")
app.include_router(members.get_verify_router(dict), prefix="/auth")


@app.get("/berths")
def berths():
    return []
`,
  })
  expect(factsOf(set.facts, 'operation').map(({ path }) => path)).toEqual(['/berths'])
  expect(set.questions.map(({ text }) => text)).toEqual([
    'Which operations do `members.get_auth_router(backend)` and 1 more route?',
  ])
})

test('in Go, too, what a program routes only by a setting says so [SPEC-EXTRACT-09]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/harbour\n\ngo 1.24\n\nrequire github.com/gin-gonic/gin v1.9.1\n',
    'main.go': `package main

import (
	"os"

	"github.com/gin-gonic/gin"
)

func main() {
	r := gin.New()
	r.GET("/berths", func(c *gin.Context) { c.JSON(200, gin.H{}) })
	if os.Getenv("TIDES") != "" {
		r.GET("/tides", func(c *gin.Context) { c.JSON(200, gin.H{}) })
	}
	r.Run()
}
`,
  })
  const when = Object.fromEntries(
    factsOf(set.facts, 'operation').map(({ path, condition }) => [path, condition]),
  )
  expect(when['/berths']).toEqual([[]])
  expect(when['/tides']).toMatchObject([[{ subject: 'os.Getenv("TIDES")', op: '!=', value: '' }]])
})

test('a module of CommonJS that returns is read as a whole [SPEC-EXTRACT-01]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"4"}}',
    'main.js': `
const express = require('express')
if (process.env.ONLY_CHECK) {
  return
}
const app = express()
app.get('/kilns', (req, res) => res.json([]))
app.listen(80)
`,
  })
  expect(factsOf(set.facts, 'operation').map(({ path }) => path)).toEqual(['/kilns'])
  expect(set.files.filter(({ outcome }) => outcome === 'read-in-part')).toEqual([])
})
