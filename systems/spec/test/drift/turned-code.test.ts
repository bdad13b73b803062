import { expect, test } from 'vitest'
import { compareSets } from '../../src/drift/compare-code.ts'
import { parseAgreed, serializeAgreed } from '../../src/facts/agreed-facts.ts'
import { flowOf } from '../../src/facts/code-mark.ts'
import { extractFiles } from '../packs/fixture.ts'
import type { Files } from './marked.ts'

const kiln = (body: string): Files => ({
  'package.json': '{"type":"module","dependencies":{"express":"4"}}',
  'app.js': `import express from 'express'
import { kilns } from 'kiln-store'
const app = express()
app.get('/kilns/:code', async (req, res) => {
  const kiln = await kilns.byCode(req.params.code)
${body}
})
app.listen(3000)
`,
})
const pottery = (body: string): Files => ({
  'requirements.txt': 'fastapi\n',
  'app.py': `from fastapi import FastAPI, HTTPException
from store import kilns
app = FastAPI()

@app.get("/kilns/{code}")
def read(code: str):
    kiln = kilns.by_code(code)
${body}
`,
})
const forge = (body: string): Files => ({
  'pom.xml':
    '<project><dependencies><dependency><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies></project>',
  'src/main/java/forge/Kilns.java': `package forge;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.*;
import org.springframework.web.server.ResponseStatusException;
import forge.store.Store;
@RestController
public class Kilns {
    private final Store store;
    public Kilns(Store store) { this.store = store; }
    @GetMapping("/kilns/{code}")
    public String read(@PathVariable String code) {
        Kiln kiln = store.byCode(code);
${body}
    }
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

const refused = `  if (!kiln || kiln.heat > 900) {
    res.status(404).json({ error: 'none' })
    return
  }
  res.json({ kiln, at: 'kiln ' + kiln.name + '!' })`

test.each([
  [
    'the branches of a case that is asked the other way round',
    kiln(refused),
    kiln(`  if (!(!kiln || kiln.heat > 900)) {
    res.json({ kiln, at: 'kiln ' + kiln.name + '!' })
  } else {
    res.status(404).json({ error: 'none' })
    return
  }`),
  ],
  [
    'what is asked of each part the other way round',
    kiln(refused),
    kiln(`  if (kiln && !(kiln.heat > 900)) {
    res.json({ kiln, at: 'kiln ' + kiln.name + '!' })
  } else {
    res.status(404).json({ error: 'none' })
    return
  }`),
  ],
  [
    'checks in a function of their own that each deny something',
    pottery(
      `    if not kiln:\n        raise HTTPException(404)\n    if not kiln.lit:\n        raise HTTPException(409)\n    return kiln.heat`,
    ),
    pottery(
      `    check(kiln)\n    return kiln.heat\n\ndef check(kiln):\n    if not kiln:\n        raise HTTPException(404)\n    if not kiln.lit:\n        raise HTTPException(409)`,
    ),
  ],
  [
    'a text as a template',
    kiln(refused),
    kiln(refused.replace(/'kiln ' \+ kiln.name \+ '!'/, '`kiln ${kiln.name}!`')),
  ],
  [
    'null and undefined by two signs',
    kiln(
      `  if (kiln.owner === null || kiln.owner === undefined) res.status(409).end()\n  else res.json(kiln)`,
    ),
    kiln(`  if (kiln.owner != null) res.json(kiln)\n  else res.status(409).end()`),
  ],
  [
    'a test of Python',
    pottery(
      `    if kiln is not None and kiln.heat <= 900:\n        return kiln\n    else:\n        raise HTTPException(404)`,
    ),
    pottery(
      `    if not (kiln is not None and kiln.heat <= 900):\n        raise HTTPException(404)\n    return kiln`,
    ),
  ],
  [
    'null asked by a call of Java',
    forge(
      `        if (kiln != null) { return kiln.name(); }\n        throw new ResponseStatusException(HttpStatus.NOT_FOUND);`,
    ),
    forge(
      `        if (Objects.isNull(kiln)) { throw new ResponseStatusException(HttpStatus.NOT_FOUND); }\n        return kiln.name();`,
    ),
  ],
])('what code does stays the same for %s [SPEC-DRIFT-06]', async (_, before, after) => {
  expect(await compare(before, after)).toEqual({ isSame: true, drifts: 0 })
})

test.each([
  ['a negation alone', kiln(refused), kiln(refused.replace('!kiln ||', 'kiln ||'))],
  ['another sign between two tests', kiln(refused), kiln(refused.replace('||', '&&'))],
  ['a bound that is counted in', kiln(refused), kiln(refused.replace('>', '>='))],
  ['other words of a text', kiln(refused), kiln(refused.replace(`'!'`, `'?'`))],
  [
    'a round that goes on while something is missing',
    kiln(`  while (!kiln.isCold()) await kiln.wait(3)\n  res.json(kiln)`),
    kiln(`  while (kiln.isCold()) await kiln.wait(3)\n  res.json(kiln)`),
  ],
  [
    'what a round goes on by, in a variable of its own',
    kiln(`  let left = !kiln.isCold()\n  while (left) left = await kiln.wait(3)\n  res.json(kiln)`),
    kiln(`  let left = kiln.isCold()\n  while (left) left = await kiln.wait(3)\n  res.json(kiln)`),
  ],
  [
    'what is done by the first part of a junction alone',
    kiln(`  kiln.isCold() && (await kiln.wait(3))\n  res.json(kiln)`),
    kiln(`  kiln.isCold() || (await kiln.wait(3))\n  res.json(kiln)`),
  ],
  [
    'null that is asked for and undefined no more',
    kiln(`  if (kiln.owner == null) res.status(409).end()\n  else res.json(kiln)`),
    kiln(`  if (kiln.owner === null) res.status(409).end()\n  else res.json(kiln)`),
  ],
  [
    'branches of Python that are swapped',
    pottery(`    if kiln:\n        return kiln\n    raise HTTPException(404)`),
    pottery(`    if kiln:\n        raise HTTPException(404)\n    return kiln`),
  ],
])('what code does is other code for %s [SPEC-DRIFT-06]', async (_, before, after) => {
  const { isSame, drifts } = await compare(before, after)
  expect(isSame).toBe(false)
  expect(drifts).toBeGreaterThan(0)
})
