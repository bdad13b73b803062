import { expect, test } from 'vitest'
import { sayFact, operationTitle } from '../../src/requirements/say-fact.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

type Facts = Awaited<ReturnType<typeof extractFiles>>['set']

const errorsOf = ({ facts }: Facts) => {
  const titles = new Map(factsOf(facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return factsOf(facts, 'error')
    .map((one) => sayFact(one, titles.get(one.operation) ?? ''))
    .filter((said) => !said.includes('does not fit what is declared'))
    .toSorted()
}

test('Python: what takes the errors of a library, whatever their class is called, does not take those of the framework or of the language [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'fastapi==0.115.0\n',
    'main.py': `
import kilndb
from fastapi import FastAPI, HTTPException
app = FastAPI()

class Error(Exception):
    pass

@app.get("/pots/{id}")
def pot(id: str):
    try:
        if id == "none":
            raise HTTPException(404, "No pot")
        return kilndb.find(id)
    except kilndb.Error:
        raise HTTPException(503, "No kiln")

@app.get("/lids/{id}")
def lid(id: str):
    try:
        if id == "none":
            raise HTTPException(404, "No lid")
        return kilndb.find(id)
    except kilndb.Timeout:
        raise HTTPException(504, "Too slow")

@app.get("/jars/{id}")
def jar(id: str):
    try:
        if id == "none":
            raise HTTPException(404, "No jar")
        if id == "odd":
            raise Error()
        return {}
    except Error:
        raise HTTPException(409, "Odd")

@app.get("/urns/{id}")
def urn(id: str):
    try:
        try:
            if id == "odd":
                raise Error()
            return {}
        except kilndb.Error:
            raise HTTPException(503, "No kiln")
    except Error:
        raise HTTPException(409, "Odd")
`,
  })
  expect(errorsOf(set)).toEqual([
    'GET /lids/{id} may answer 504 and say "Too slow", only where `kilndb.Timeout` is caught. (Open: when.)',
    'GET /pots/{id} may answer 503 and say "No kiln", only where `kilndb.Error` is caught. (Open: when.)',
    'GET /urns/{id} may answer 503 and say "No kiln", only where `kilndb.Error` is caught. (Open: when.)',
    'IF, for GET /jars/{id}, the path parameter id is "none", THEN the service SHALL answer 404 and say "No jar".',
    'IF, for GET /jars/{id}, the path parameter id is "odd", THEN the service SHALL answer 409 and say "Odd".',
    'IF, for GET /lids/{id}, the path parameter id is "none", THEN the service SHALL answer 404 and say "No lid".',
    'IF, for GET /pots/{id}, the path parameter id is "none", THEN the service SHALL answer 404 and say "No pot".',
    'IF, for GET /urns/{id}, the path parameter id is "odd", THEN the service SHALL answer 409 and say "Odd".',
  ])
})

test('JavaScript: what is of a class of a library is no error of the language or of the repository [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"^4"}}',
    'app.js': `
const express = require('express')
const kiln = require('kiln-db')
const app = express()

class Missing extends Error {}

app.get('/pots/:id', (req, res) => {
  try {
    if (req.params.id === 'none') throw new Missing('No pot')
    if (req.params.id === 'odd') throw new Error('Odd')
    res.json({})
  } catch (error) {
    if (error instanceof kiln.Error) return res.status(503).json({ error: 'No kiln' })
    if (error instanceof Missing) return res.status(404).json({ error: 'No pot' })
    res.status(409).json({ error: 'Odd' })
  }
})
app.listen(3000)
`,
  })
  expect(errorsOf(set)).toEqual([
    'IF, for GET /pots/{id}, the path parameter id is "none", THEN the service SHALL answer 404 with error (string, required) and say "No pot".',
    'IF, for GET /pots/{id}, the path parameter id is "odd", THEN the service SHALL answer 409 with error (string, required) and say "Odd".',
  ])
})
