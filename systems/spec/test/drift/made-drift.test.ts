import { expect, test } from 'vitest'
import { changedText, functionsIn } from '../../src/evals/drift/code-places.ts'
import { runMadeDriftEval } from '../../src/evals/drift/made-drift.ts'
import { mutantsOf } from '../../src/evals/drift/mutants.ts'
import { orderMutantsOf } from '../../src/evals/drift/order-mutants.ts'
import { refactoringsOf } from '../../src/evals/drift/refactorings.ts'
import { reshapingsOf } from '../../src/evals/drift/reshapings.ts'
import { toolMutantsOf } from '../../src/evals/drift/tool-mutants.ts'
import { lowerJavascript } from '../../src/parse/lower-javascript.ts'

const module = lowerJavascript(
  'sheds.js',
  `import { sheds } from './store.js'

export async function lend(req, res) {
  const shed = await sheds.find(req.query.code)
  if (!shed || shed.lent > 3) {
    res.status(409)
    throw new ConflictError('lent already')
  }
  shed.lent += 1
  if (shed.lent === 3) {
    return res.end()
  }
  await shed.save()
  res.json({ code: shed.code })
}
`,
)
const [place] = functionsIn(module)
const madeOf = (kind: string) =>
  (place
    ? [
        ...refactoringsOf(place, [module]),
        ...reshapingsOf(place),
        ...mutantsOf(place),
        ...orderMutantsOf(place),
        ...toolMutantsOf(place),
      ]
    : []
  )
    .filter((one) => one.kind === kind)
    .map(({ edits }) => changedText(module.text, edits))

test.each([
  ['extract-statements', 'await partOfLendAt'],
  ['rename-local', 'const shedFound = await sheds.find'],
  ['nest-guarded', '} else {\n      shed.lent += 1'],
  ['introduce-variable', 'const seen = !shed || shed.lent > 3;\n  if (seen) {'],
  ['name-constant', 'throw new ConflictError(NAMED_'],
  ['de morgan', 'if (!(!(!shed) && !(shed.lent > 3))) {'],
  ['deny twice', 'if (!(!(!shed || shed.lent > 3))) {'],
  ['name denied', 'const isFine = !(!shed || shed.lent > 3);\n  if (!isFine) {'],
  ['name question', 'const isAsked = () => !shed || shed.lent > 3;\n  if (isAsked()) {'],
  ['split or', "throw new ConflictError('lent already')\n  }\n  if (shed.lent > 3) {"],
  ['turn comparison', '!shed || 3 < shed.lent'],
  ['check after effect', 'await shed.save()\n  if (shed.lent === 3) {'],
  ['condition negated', 'if (!(!shed || shed.lent > 3)) {'],
  ['condition weakened', 'shed.lent >= 3'],
  ['check dropped', 'req.query.code)\n  shed.lent += 1'],
  ['status', 'res.status(400)'],
  ['error class', 'new BadRequestError('],
  ['message', "'lent already again'"],
  ['parameter', 'req.query.codeTwo'],
  ['field renamed', '{ codeTwo: shed.code }'],
  ['boundary', 'shed.lent >= 3'],
  ['comparison turned', 'shed.lent <= 3'],
  ['junction', '!shed && shed.lent > 3'],
  ['conditional removed', 'if (true) {'],
  ['call removed', '}\n  res.json('],
  ['assignment sign', 'shed.lent -= 1'],
  ['text emptied', "ConflictError('')"],
  ['object emptied', 'res.json({})'],
  ['constant', 'res.status(410)'],
])('makes a case of %s [SPEC-DRIFT-02]', (kind, text) => {
  expect(madeOf(kind).join('\n')).toContain(text)
})

test('measures what is said of refactorings and mutants of our services [SPEC-DRIFT-02]', async () => {
  const { metrics, intervals, worst } = await runMadeDriftEval({
    dataDir: null,
    report: () => {},
    signal: new AbortController().signal,
  })
  expect(metrics.cases).toBeGreaterThan(40)
  expect(metrics.caught).toBeGreaterThan(0.8)
  expect(metrics.caughtAsDrift).toBeGreaterThan(0.8)
  expect(metrics.falseAlarmsAsDrift).toBeLessThan(0.05)
  expect(metrics.falseAlarms).toBeLessThan(0.2)
  expect(intervals.falseAlarms[1]).toBeGreaterThan(metrics.falseAlarms)
  expect(Object.keys(worst)).toContain('caught')
})
