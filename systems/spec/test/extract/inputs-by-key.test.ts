import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const namesOf = async (files: Record<string, string>) => {
  const { set } = await extractFiles(files)
  return factsOf(set.facts, 'parameter').map(({ in: place, name }) => `${place} ${name}`)
}

test('what is called on a header is none, whatever names the header [SPEC-EXTRACT-05]', async () => {
  expect(
    await namesOf({
      'requirements.txt': 'flask==3\n',
      'app.py': `import os
from flask import Flask, request

app = Flask(__name__)


class Signer:
    def __init__(self):
        self.header = os.environ["SIGNER_HEADER"]

    def signed(self):
        return {"mail": request.headers[self.header], "depot": ""}

    def mail(self):
        mail = self.signed()["mail"].lower()
        return mail.decode() if isinstance(mail, bytes) else mail


signer = Signer()


@app.get("/pallets")
def pallets():
    row = request.headers["X-Row"].strip().title()
    if "X-Depot" in request.headers:
        row = request.args[os.environ["ROW"]].zfill(3)
    return {"by": signer.mail(), "row": row, "all": request.args.items()}
`,
    }),
  ).toEqual(['header x-row', 'header x-depot'])
})

test('a field of a part that only a setting names is no part of a request, and a method none of a body [SPEC-EXTRACT-05]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"4"}}',
    'app.js': `const express = require('express')
const app = express()
const key = process.env.DEPOT_KEY
app.post('/pallets', (req, res) => {
  if (req.body.label.localeCompare('A') < 0) return res.status(422).end()
  res.json({ row: req.query[key].row, bay: req.query.bay.padStart(2) })
})
app.listen(3000)
`,
  })
  expect(factsOf(set.facts, 'parameter').map(({ name }) => name)).toEqual(['bay'])
  expect(factsOf(set.facts, 'body').map(({ shape }) => shape)).toEqual([
    {
      type: 'object',
      fields: [{ name: 'label', shape: { type: 'unknown' }, isRequired: false, constraints: [] }],
    },
  ])
})
