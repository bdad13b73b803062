import { expect, test } from 'vitest'
import { compareSets } from '../../src/drift/compare-code.ts'
import { parseAgreed, serializeAgreed } from '../../src/facts/agreed-facts.ts'
import { flowOf } from '../../src/facts/code-mark.ts'
import { extractFiles } from '../packs/fixture.ts'
import type { Files } from './marked.ts'

const dairy = (body: string, more = ''): Files => ({
  'kinds.ts': "export enum Kind { butter = 'B', cream = 'C', milk = 'M' }\n",
  'package.json': '{"type":"module","dependencies":{"express":"4"}}',
  'app.js': `import express from 'express'
import seals from 'seal-wax'
import { churns } from 'churn-store'
const app = express()
${more}
app.get('/churns/:code', async (req, res) => {
  const churn = await churns.byCode(req.params.code)
${body}
})
app.listen(3000)
`,
})
const press = (body: string, more = ''): Files => ({
  'pom.xml':
    '<project><dependencies><dependency><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies></project>',
  'src/main/java/press/Presses.java': `package press;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.*;
import press.store.Store;
@RestController
public class Presses {
    private final Store store;
    public Presses(Store store) { this.store = store; }
    @PostMapping("/presses")
    public ResponseEntity<Long> keep(@RequestBody Order order, @RequestParam String kind) {
${body}
    }
${more}
}
`,
})

const compare = async (before: Files, after: Files) => {
  const agreed = parseAgreed(serializeAgreed((await extractFiles(before)).set))
  const { set } = await extractFiles(after)
  const [was, is] = [agreed, set].map(({ code }) => Object.values(code?.operations ?? {}).map(flowOf))
  expect(was?.length).toBe(1)
  return { isSame: was?.join() === is?.join(), drifts: compareSets(agreed, set).drifts.length }
}
const alike = { isSame: true, drifts: 0 }

test.each([
  [
    'two answers, and one that a function says',
    dairy(`  if (churn.isOld) {
    res.status(410).json({ code: 410, text: churn.name })
  } else {
    res.status(200).json({ code: 200, text: 'fresh' })
  }`),
    dairy(
      `  const { code, text } = describe(churn)
  res.status(code).json({ code, text })`,
      `const describe = (churn) => {
  if (churn.isOld) return { code: 410, text: churn.name }
  return { code: 200, text: 'fresh' }
}`,
    ),
  ],
  [
    'a part by its number, and by its place',
    dairy(`  const parts = churn.label.split('-')
  if (parts[0] !== 'dairy') return res.status(422).end()
  res.json({ name: parts[1] })`),
    dairy(`  const [kind, name] = churn.label.split('-')
  if (kind !== 'dairy') return res.status(422).end()
  res.json({ name })`),
  ],
  [
    'what is made of a literal in its place, and beside what decides by it',
    dairy(`  if ((!churn.seal || !churn.wax || churn.wax === seals.melted('').text()) && churn.isSold) {
    return res.sendStatus(401)
  }
  res.json({ name: churn.name })`),
    dairy(
      `  if (!isSealed(churn.seal, churn.wax) && churn.isSold) {
    return res.sendStatus(401)
  }
  res.json({ name: churn.name })`,
      `const unsealed = seals.melted('').text()
function isSealed(seal, wax) {
  return seal && wax && wax !== unsealed
}`,
    ),
  ],
  [
    'one of several of an enumeration',
    dairy(
      `  if (churn.kind !== Kind.butter && churn.kind !== Kind.cream) return res.status(409).end()
  res.json({ name: churn.name })`,
      "import { Kind } from './kinds'",
    ),
    dairy(
      `  if (![Kind.butter, Kind.cream].includes(churn.kind)) return res.status(409).end()
  res.json({ name: churn.name })`,
      "import { Kind } from './kinds'",
    ),
  ],
  [
    'what a bean has, once and again',
    press(`        Long id = order.getId();
        if (id == null) {
            id = store.make(order.getName());
        } else {
            store.rename(id, order.getName());
        }
        return ResponseEntity.ok(id);`),
    press(
      `        if (order.getId() == null) {
            return make(order);
        }
        store.rename(order.getId(), order.getName());
        return ResponseEntity.ok(order.getId());`,
      `    private ResponseEntity<Long> make(Order order) {
        Long id = store.make(order.getName());
        return ResponseEntity.ok(id);
    }`,
    ),
  ],
  [
    "cases, and Java's choice of which nothing is none",
    press(`        if ("cheese".equals(kind)) {
            store.turn(order);
        } else if ("cider".equals(kind)) {
            store.squeeze(order);
        }
        return ResponseEntity.ok(1L);`),
    press(`        if (kind == null) {
            return ResponseEntity.ok(1L);
        }
        switch (kind) {
            case "cheese" -> store.turn(order);
            case "cider" -> { store.squeeze(order); }
            default -> { /* nothing */ }
        }
        return ResponseEntity.ok(1L);`),
  ],
])('what code does is the same for %s [SPEC-DRIFT-06]', async (_, before, after) => {
  expect(await compare(before, after)).toEqual(alike)
})

test.each([
  [
    'another part',
    dairy("  const [kind, name] = churn.label.split('-')\n  res.json({ name })"),
    dairy("  const [kind, name] = churn.label.split('-')\n  res.json({ name: kind })"),
  ],
  [
    'a call that stands alone and is gone',
    dairy("  seals.break('all')\n  res.json({ name: churn.name })"),
    dairy('  res.json({ name: churn.name })'),
  ],
  [
    'a member that an object is set to later',
    dairy('  const mark = { a: 1, b: 1 }\n  mark.a = 2\n  res.json(mark)'),
    dairy('  const mark = { a: 1, b: 1 }\n  mark.b = 2\n  res.json(mark)'),
  ],
  [
    'a choice that does something where there is nothing',
    press(`        if ("cheese".equals(kind)) {
            store.turn(order);
        }
        return ResponseEntity.ok(1L);`),
    press(`        if (kind == null) {
            store.turn(order);
        } else if ("cheese".equals(kind)) {
            store.turn(order);
        }
        return ResponseEntity.ok(1L);`),
  ],
])('what code does is another for %s [SPEC-DRIFT-06]', async (_, before, after) => {
  expect((await compare(before, after)).isSame).toBe(false)
})

test('what comes after a choice of Java is done after its arrows', async () => {
  const { set } = await extractFiles(
    press(`        switch (kind) {
            case "cheese" -> store.turn(order);
            default -> throw new ResponseStatusException(HttpStatus.CONFLICT);
        }
        return ResponseEntity.status(201).body(1L);`),
  )
  expect(set.facts.flatMap((fact) => (fact.kind === 'response' ? [fact.status] : []))).toEqual([201])
})
