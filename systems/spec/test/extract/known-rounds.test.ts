import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

test('what comes after a loop over a list that is written there comes where none of its rounds left the function [SPEC-EXTRACT-06]', async () => {
  expect(
    await printedAnswers({
      'requirements.txt': 'fastapi\n',
      'app.py': `
from fastapi import FastAPI, HTTPException
from harbour import find
app = FastAPI()
class Chain:
    def __init__(self, quays):
        self.quays = quays
    def first(self, name):
        for quay in self.quays:
            try:
                found = find(quay, name)
            except KeyError:
                pass
            else:
                return found
        raise HTTPException(404, "At no quay.")
chain = Chain(["north", "south"])
@app.get("/boats/{name}")
def boat(name: str):
    return chain.first(name)
@app.get("/quays/{name}")
def quay(name: str):
    for one in ["north", "south"]:
        if one == name:
            return one
    raise HTTPException(404, "No quay.")
`,
    }),
  ).toEqual({
    '/boats/{name}': ['404 At no quay. where find(quay, name) failed == KeyError', '200'],
    '/quays/{name}': ['404 No quay. where path.name != north and path.name != south', '200'],
  })
  expect(
    await printedAnswers({
      'package.json': '{"dependencies":{"express":"5.0.0"}}',
      'app.js': `
const express = require('express')
const app = express()
app.get('/quays', (req, res) => {
  for (const one of ['north', 'south']) {
    if (one === req.query.name) return res.json({ one })
  }
  res.status(404).send('No quay.')
})
app.listen(80)
`,
    }),
  ).toEqual({ '/quays': ['404 No quay. where query.name != north and query.name != south', '200'] })
})
