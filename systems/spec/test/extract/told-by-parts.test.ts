import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

const spring = (code: string) => ({
  'pom.xml':
    '<project><dependencies><dependency><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies></project>',
  'src/main/java/loft/Lofts.java': `package loft;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.*;
@RestController
public class Lofts {
${code}
}
`,
})

test('Java: what a record of a class says is what it was made with, on each way that made it [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers(
      spring(`
  record Checked(boolean fits, int status) {}
  static Checked checked(String floor, int status) {
    if (floor == null) return new Checked(false, status);
    return new Checked(true, 0);
  }
  @GetMapping("/lofts")
  ResponseEntity<String> loft(@RequestParam(required = false) String floor) {
    Checked checked = checked(floor, 409);
    if (!checked.fits()) return ResponseEntity.status(checked.status()).build();
    return ResponseEntity.ok("");
  }`),
    ),
  ).toEqual({ '/lofts': ['409 where !query.floor', '200'] })
})

test('each of two statuses is told when it comes [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers(
      spring(`
  @GetMapping("/lofts")
  ResponseEntity<String> loft(@RequestParam(required = false) String floor) {
    return ResponseEntity.status(floor == null ? 409 : 410).build();
  }`),
    ),
  ).toEqual({ '/lofts': ['409 where !query.floor', '410 where query.floor'] })
  expect(
    await printedAnswers({
      'requirements.txt': 'flask\n',
      'app.py': `
from flask import Flask, request
app = Flask(__name__)
@app.get('/lofts')
def loft():
    return {}, 410 if request.args.get('floor') else 409
`,
    }),
  ).toEqual({ '/lofts': ['410 where query.floor', '409 where !query.floor'] })
})

test('what was asked of one of several in a branch says nothing of the other branch [SPEC-EXTRACT-10]', async () => {
  const { '/lofts': found = [] } = await printedAnswers(
    spring(`
  @GetMapping("/lofts")
  ResponseEntity<String> loft(@RequestParam(required = false) String floor, @RequestParam(required = false) String wing) {
    Integer height = Map.of("first", 1, "second", 2).get(floor == null ? "" : floor);
    if ("east".equals(wing)) {
      if (height != null) System.out.println(height);
    }
    if (height != null) return ResponseEntity.status(409).build();
    return ResponseEntity.ok("");
  }`),
  )
  expect(found[0]).toMatch(/^409 where (?!.*wing)/)
})

test('Java: what a method asks is told the same, however it is written [SPEC-DRIFT-02]', async () => {
  const answers = (body: string) =>
    printedAnswers(
      spring(`
  interface Keys { String ownerOf(String floor); }
  private Keys keys;
  private String owner(String floor, String key) {
    if (key == null) return null;
    return keys.ownerOf(floor);
  }
  private boolean fits(String floor, String key) {
    ${body}
  }
  private boolean isRefused(boolean isOpen, String floor, String key) {
    ${body.includes('&&') ? 'return !isOpen || !fits(floor, key);' : 'if (isOpen) { return !fits(floor, key); } return true;'}
  }
  @GetMapping("/lofts")
  ResponseEntity<String> loft(@RequestParam String floor, @RequestParam(required = false) String key) {
    if (isRefused(true, floor, key)) return ResponseEntity.status(403).build();
    return ResponseEntity.ok("");
  }`),
    )
  const apart = await answers(
    'String owner = owner(floor, key); if (owner == null) { return false; } return owner.equals(floor);',
  )
  const joined = await answers(
    'String owner = owner(floor, key); return null != owner && owner.equals(floor);',
  )
  const without = (found: Record<string, string[]>) => JSON.stringify(found).replaceAll(/#\d+/g, '')
  expect(without(joined)).toBe(without(apart))
  expect(without(joined)).toContain('!query.key')
})

test('an answer that can not come says nothing of when the same one comes elsewhere [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers(
      spring(`
  @GetMapping("/lofts")
  ResponseEntity<String> loft(@RequestParam(required = false) String floor) {
    if ("first".equals(floor)) return ResponseEntity.status(!"second".equals(floor) ? 413 : 402).build();
    if ("second".equals(floor)) return ResponseEntity.status(!"second".equals(floor) ? 413 : 402).build();
    return ResponseEntity.ok("");
  }`),
    ),
  ).toEqual({
    '/lofts': [
      '413 where query.floor != second and query.floor == first',
      '402 where query.floor != first and query.floor == second',
      '200',
    ],
  })
})

test('JavaScript: a case that returns is left by no `break` after it [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'package.json': '{"dependencies":{"express":"4.0.0"}}',
      'app.js': `
const express = require('express')
const app = express()
app.get('/lofts', (req, res) => {
  switch (req.query.floor) {
    case 'first':
      return res.status(req.query.wing ? 409 : 410).json({})
      break
    case 'second':
      break
    default:
      return res.status(404).json({})
  }
  res.json({ fits: true })
})
app.listen(80)
`,
    }),
  ).toEqual({
    '/lofts': [
      '409 where query.floor == first and query.wing',
      '410 where query.floor == first and !query.wing',
      '404 where query.floor != first and query.floor != second',
      '200',
    ],
  })
})
