import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('The name of a convertor that the code registers is no pattern of what a path has [SPEC-EXTRACT-04]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'fastapi\n',
    'app.py': `
from fastapi import FastAPI
from starlette.convertors import Convertor, register_url_convertor
app = FastAPI()

class CallSign(Convertor):
    regex = "[A-Z]{4}"
    def convert(self, value): return value
    def to_string(self, value): return value

register_url_convertor("callsign", CallSign())

@app.get('/radios/{sign:callsign}')
def radio(sign: str):
    return {}
`,
  })
  const [one] = factsOf(set.facts, 'parameter')
  expect([one?.name, one?.constraints]).toEqual(['sign', []])
  expect(factsOf(set.facts, 'error').map(({ status }) => status)).toEqual([])
})
