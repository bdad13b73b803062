import { expect, test } from 'vitest'
import { compareFacts } from '../../src/drift/compare-facts.ts'
import { extractFiles } from '../packs/fixture.ts'

const service = (find: string, check: string) => ({
  'requirements.txt': 'flask\n',
  'app.py': `
from flask import Flask, request
from dock import berths, Unknown
app = Flask(__name__)
@app.route("/boats/<boat>")
def one(boat):
    try:
        found = ${find}
    except Unknown:
        return {"message": "none"}, 404
    if not ${check}:
        return {"message": "not yours"}, 403
    return {"boat": found}
`,
})

test('code that a formatter broke into lines and quoted anew says the same [SPEC-DRIFT-01]', async () => {
  const before = await extractFiles(
    service(`berths.find_by_number(boat, 'all')`, `berths.may_be_seen(found, ["x-dock", 'own'])`),
  )
  const after = await extractFiles(
    service(
      `berths.find_by_number(
            boat,
            "all",
        )`,
      `berths.may_be_seen(
        found,
        [
            "x-dock",
            "own",
        ],
    )`,
    ),
  )
  expect(before.set.facts.filter(({ kind }) => kind === 'error')).toHaveLength(2)
  expect(compareFacts(before.set.facts, after.set.facts).drifts).toEqual([])
})
