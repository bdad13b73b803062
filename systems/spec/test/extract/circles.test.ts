import { expect, test } from 'vitest'
import { extractFiles, summarize } from '../packs/fixture.ts'

test('modules that import one name from each other, and lists that grow while they are gone through, end [SPEC-EXTRACT-01]', async () => {
  const found = await extractFiles({
    'requirements.txt': 'flask\n',
    'shop/__init__.py': 'from .views import app, missing\n',
    'shop/views.py': `
from flask import Flask
from . import missing
app = Flask(__name__)
names = ("first",)
for name in names:
    names += (name.replace("first", "last"),)
@app.route("/kept")
def kept():
    return missing()
`,
  })
  expect(summarize(found).operations).toEqual(['GET /kept'])
})

test('a class that is called as the outside class it extends ends [SPEC-EXTRACT-01]', async () => {
  const found = await extractFiles({
    'pom.xml': '<project/>',
    'src/main/java/lib/Reader.java':
      'package lib; public abstract class Reader extends other.Reader { abstract String read(); }',
    'src/main/java/lib/TitleController.java': `
package lib;
import org.springframework.web.bind.annotation.*;
@RestController
public class TitleController {
  private final Reader reader;
  TitleController(Reader reader) { this.reader = reader; }
  @GetMapping("/title")
  public String title() { return reader.read(); }
}
`,
  })
  expect(summarize(found).operations).toEqual(['GET /title'])
})

test('a file that takes the static members of a class whose base stands nowhere ends [SPEC-EXTRACT-01]', async () => {
  const found = await extractFiles({
    'pom.xml': '<project/>',
    'src/main/java/lib/Titles.java':
      'package lib; import static lib.Titles.Inner.*; public class Titles extends Base { static class Inner extends Base {} }',
    'src/main/java/lib/TitleController.java': `
package lib;
import org.springframework.web.bind.annotation.*;
import static lib.Titles.*;
@RestController
public class TitleController extends Missing {
  @GetMapping("/title")
  public String title() { return titleOf("a"); }
}
`,
  })
  expect(summarize(found).operations).toEqual(['GET /title'])
})

test('a class that a module in a circle of imports extends has its methods where the circle closes [SPEC-EXTRACT-01]', async () => {
  const found = await extractFiles({
    'package.json': '{"dependencies":{"express":"4"}}',
    'src/broker.ts': `
import { log } from './server'
export abstract class Broker {
  at(path: string, isOfOne = true) {
    let route = '/' + path
    isOfOne ? (route += '/:name') : null
    log(route)
    return route
  }
}
`,
    'src/calls.ts': `
import { Router } from 'express'
import { Broker } from './broker'
export class Calls extends Broker {
  constructor() {
    super()
    this.router.post(this.at('offer'), (req, res) => res.status(201).json({}))
    this.router.get(this.at('list', false), (req, res) => res.json([]))
  }
  readonly router = Router()
}
`,
    'src/server.ts': `
import express from 'express'
import { Calls } from './calls'
export const log = (text: string) => console.log(text)
const app = express()
app.use('/calls', new Calls().router)
app.listen(3)
`,
  })
  expect(summarize(found).operations).toEqual(['GET /calls/list', 'POST /calls/offer/{name}'])
})

test('what requests make of a thing that the program holds does not grow from one to the next, and may be there or not [SPEC-EXTRACT-01]', async () => {
  const found = await extractFiles({
    'package.json': '{"dependencies":{"express":"4"}}',
    'app.js': `
const app = require('express')()
class Queue {
  constructor(size) { this.size = size; this.most = size.first }
  ask(more) { this.most = Math.max(this.most, this.most, more); return this.most }
}
const queue = new Queue(require('sizes'))
const shop = { note: 'open' }
${Array.from({ length: 30 }, (_, at) => `app.post('/ask/${at}', (req, res) => { shop.note = req.body.note; res.json({ most: queue.ask(req.body.more) }) })`).join('\n')}
app.get('/note', (req, res) => {
  if (shop.note === 'closed') return res.status(409).end()
  if (queue.most === 7) return res.status(410).end()
  res.status(204).end()
})
`,
  })
  expect(summarize(found).operations).toHaveLength(31)
  const of = found.set.facts.find((one) => one.kind === 'operation' && one.path === '/note')
  const errors = found.set.facts.filter((one) => one.kind === 'error' && one.operation === of?.id)
  expect(new Set(errors.map((one) => one.kind === 'error' && one.status))).toEqual(new Set([409, 410]))
})
