import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles, summarize } from '../packs/fixture.ts'

/** Sentences of facts of one kind. */
async function sentences(kind: 'error' | 'guard' | 'body', files: Record<string, string>) {
  const { set } = await extractFiles(files)
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return factsOf(set.facts, kind)
    .map((fact) => sayFact(fact, titles.get(fact.operation) ?? ''))
    .toSorted()
}

test('an error that is caught and raised again comes when it came first [SPEC-EXTRACT-06]', async () => {
  const found = await sentences('error', {
    'requirements.txt': 'fastapi==0.115.0\n',
    'app.py': `
from fastapi import FastAPI, HTTPException
app = FastAPI()
def find(shelf: str):
    if shelf == "closed":
        raise HTTPException(status_code=409, detail="Shelf is closed")
    return load(shelf)
@app.get("/shelves/{shelf}")
def show(shelf: str):
    try:
        return find(shelf)
    except HTTPException as e:
        raise e
    except Exception as e:
        raise HTTPException(status_code=500, detail="It broke")
`,
  })
  expect(found).toContain(
    'IF, for GET /shelves/{shelf}, the path parameter shelf is "closed", THEN the service SHALL answer 409 and say "Shelf is closed".',
  )
  expect(found).toContain(
    'IF, for GET /shelves/{shelf}, `find(shelf)` fails with `Exception`, THEN the service SHALL answer 500 and say "It broke".',
  )
})

test('what a handler of errors says of one error comes when that error does [SPEC-EXTRACT-06]', async () => {
  const found = await sentences('error', {
    'package.json': '{"dependencies":{"express":"5.0.0"}}',
    'app.js': `
const express = require('express')
const app = express()
const teamOf = (req) => {
  if (!req.query.team) throw new Error('No team')
  return load(req.query.team)
}
app.get('/teams', (req, res) => {
  try {
    res.json(teamOf(req))
  } catch (error) {
    res.status(400).json({ message: error.message })
  }
})
`,
  })
  expect(found.find((one) => one.includes('No team'))).toContain('the query parameter team is missing')
})

test('an object has no other keys than those that it is handed on with [SPEC-EXTRACT-06]', async () => {
  const app = (schemas: string) => ({
    'package.json': '{"dependencies":{"express":"5.0.0","zod":"4.0.0"}}',
    'app.js': `
const express = require('express')
const { z } = require('zod')
const validate = (schemas) => (req, res, next) => {
  if (schemas.body && !schemas.body.safeParse(req.body).success) return res.status(400).json({})
  next()
}
const app = express()
app.delete('/loans/:id', validate(${schemas}), (req, res) => res.json({}))
`,
  })
  expect(await sentences('body', app('{ params: z.object({ id: z.string() }) }'))).toEqual([])
  expect(await sentences('body', app('{ body: z.object({ why: z.string() }) }'))).toEqual([
    'WHEN a client sends DELETE /loans/{id}, the service SHALL require a body of application/json with why (string, required).',
  ])
})

test('a guard says what settings have to be for it to refuse, and is called as what makes it [SPEC-EXTRACT-06]', async () => {
  const found = await sentences('guard', {
    'package.json': '{"dependencies":{"express":"5.0.0"}}',
    'auth.js': `
export function signedIn() {
  return (req, res, next) => {
    if (process.env.OPEN === 'yes') return next()
    if (req.isAuthenticated()) return next()
    res.sendStatus(401)
  }
}
export function askFirst() {
  return (req, res, next) => (isOdd(req) ? res.sendStatus(418) : next())
}
`,
    'app.js': `
import express from 'express'
import { askFirst, signedIn } from './auth.js'
const app = express()
app.get('/me', signedIn(), askFirst(), (req, res) => res.json({}))
`,
  })
  expect(found).toEqual([
    'WHEN a client sends GET /me and `process.env.OPEN` is not "yes", the service SHALL answer 401 to a caller who is not signed in.',
    'WHEN a client sends GET /me, the service SHALL ask `askFirst` first.',
  ])
})

test('what FastAPI answers to who shows nothing hangs on its version [SPEC-EXTRACT-06]', async () => {
  const asked = async (manifests: Record<string, string>) =>
    summarize(
      await extractFiles({
        ...manifests,
        'app.py': `
from fastapi import Depends, FastAPI
from fastapi.security import HTTPBearer
app = FastAPI()
@app.get("/me", dependencies=[Depends(HTTPBearer())])
def me():
    return {}
`,
      }),
    ).statuses['GET /me']
  expect(await asked({ 'requirements.txt': 'fastapi==0.115.0\n' })).toEqual([200, 403])
  expect(await asked({ 'requirements.txt': 'fastapi[standard]>=0.128\n' })).toEqual([200, 401])
  expect(await asked({ 'pyproject.toml': '[tool.poetry.dependencies]\nfastapi = "^0.111.0"\n' })).toEqual([
    200, 403,
  ])
  expect(await asked({ 'requirements.txt': 'fastapi\n' })).toEqual([200, 401, 403])
  // What is pinned was made of what is asked.
  expect(
    await asked({ 'requirements/base.in.txt': 'fastapi>=0.104\n', 'requirements.txt': 'fastapi==0.111.0\n' }),
  ).toEqual([200, 403])
  expect(
    await asked({
      'pyproject.toml': '[project]\ndependencies = ["fastapi>=0.100"]\n',
      'uv.lock': '[[package]]\nname = "fastapi"\nversion = "0.124.0"\n',
    }),
  ).toEqual([200, 401])
})

test('a framework that is imported inside of a function is read [SPEC-EXTRACT-06]', async () => {
  const found = summarize(
    await extractFiles({
      'requirements.txt': 'flask\n',
      'server.py': `
def build(client):
    try:
        from flask import Flask, jsonify
    except ImportError:
        raise SystemExit("Install flask")
    app = Flask("desk")
    @app.route("/health", methods=["GET"])
    def health():
        return jsonify({"ok": True})
    return app
def main():
    build(connect()).run()
`,
    }),
  )
  expect(found.statuses).toEqual({ 'GET /health': [200] })
})

test('what a request leaves behind in the program is not there for the next [SPEC-EXTRACT-06]', async () => {
  const paths = Array.from({ length: 40 }, (_, index) => `/p${index}`)
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"5.0.0"}}',
    'app.js': `
const express = require('express')
const app = express()
const seen = ['start']
class Log { static last = 'start' }
const answer = (req, res) => {
  seen.push(...seen)
  Log.last = [Log.last, Log.last]
  res.json({ seen: seen.length, last: Log.last })
}
${paths.map((path) => `app.get('${path}', answer)`).join('\n')}
`,
  })
  expect(factsOf(set.facts, 'response').map(({ status }) => status)).toEqual(paths.map(() => 200))
})

test('an application that several programs make is looked into once, with what each holds [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"5.0.0"}}',
    'app.js': `
import express from 'express'
export function make(limit) {
  const app = express()
  app.get('/items', (req, res) => (Number(req.query.size) > limit ? res.sendStatus(limit === 5 ? 400 : 422) : res.json([])))
  return app
}
make(5).listen(1)
make(5).listen(2)
make(9).listen(3)
`,
  })
  expect(
    factsOf(set.facts, 'error')
      .map(({ status }) => status)
      .toSorted((a, b) => a - b),
  ).toEqual([400, 422])
})
