import { expect, test } from 'vitest'
import { compareSets } from '../../src/drift/compare-code.ts'
import { flowOf } from '../../src/facts/code-mark.ts'
import { extractFiles } from '../packs/fixture.ts'

const refusal = (name: string) => `if not ${name}:
            raise HTTPException(status_code=404, detail="no such berth")
`
const harbour = (asked: string, method = '', open = 'True') => ({
  'requirements.txt': 'fastapi\n',
  'app.py': `from fastapi import FastAPI, Depends, HTTPException
from store import berths
app = FastAPI()

class Checker:
    def __init__(self, open: bool = False):
        self.open = open
${method}
    def __call__(self, code: str):
        berth = berths.find(code)
        ${asked}
        if berth.mode == "x" and not self.open:
            raise HTTPException(status_code=405, detail="closed")
        return berth

checked = Checker(open=${open})
@app.get("/berths/{code}")
def read(berth = Depends(checked)):
    return {"at": berth.pier}
`,
})

async function compared(after: ReturnType<typeof harbour>) {
  const [was, is] = [await extractFiles(harbour(refusal('berth'))), await extractFiles(after)]
  const flows = [was, is].map(({ set }) =>
    Object.values(set.code?.operations ?? {})
      .map(flowOf)
      .join(),
  )
  return { isSame: flows[0] === flows[1], drifts: compareSets(was.set, is.set).drifts }
}

test('is quiet where a method is taken out of what was made with constants [SPEC-DRIFT-06]', async () => {
  const { isSame, drifts } = await compared(
    harbour('self._there(berth)', `\n    def _there(self, found):\n        ${refusal('found')}`),
  )
  expect(isSame).toBe(true)
  expect(drifts).toEqual([])
})

test('tells that it is made with another constant [SPEC-DRIFT-05]', async () => {
  const { drifts } = await compared(harbour(refusal('berth'), '', 'False'))
  expect(drifts).not.toEqual([])
})
