import { expect, test } from 'vitest'
import { compareSets } from '../../src/drift/compare-code.ts'
import { isNote } from '../../src/drift/compare-facts.ts'
import { parseAgreed, serializeAgreed } from '../../src/facts/agreed-facts.ts'
import { extractFiles } from '../packs/fixture.ts'
import { edited } from './marked.ts'
import type { Edit } from './marked.ts'
import { gin, spring } from './marked-compiled.ts'
import { express, fastapi } from './marked-scripts.ts'

const plain = (title: string) => title.replaceAll(/:\w+|\{\w+\}/g, '{}')

for (const { language, files, quiet, loud } of [express, fastapi, spring, gin]) {
  // As it is committed and read again.
  const agreed = extractFiles(files).then(({ set }) => parseAgreed(serializeAgreed(set)))
  const drifts = async (edit: Edit) =>
    compareSets(await agreed, (await extractFiles(edited(files, edit))).set).drifts

  test.each(Object.entries(quiet))(`${language}: %s is no drift [SPEC-DRIFT-05]`, async (_, edit) => {
    expect((await drifts(edit)).map(({ requirement, after }) => `${requirement}: ${after}`)).toEqual([])
  })

  test.each(Object.entries(loud))(
    `${language}: %s that no fact tells is told behind its operation alone [SPEC-DRIFT-05]`,
    async (_, { edit, on, says }) => {
      const found = await drifts(edit)
      expect(found.map(({ requirement }) => plain(requirement))).toEqual([plain(on)])
      expect(found.every(isNote)).toBe(true)
      expect(found[0]?.after).toContain(says)
    },
  )
}

test('tells what is named through lists of modules, by fields that hold it and above what runs [SPEC-DRIFT-05]', async () => {
  const boats = (most: number) => ({
    'package.json': '{"type":"module","dependencies":{"express":"4"}}',
    'tables/boat.js': `import { model } from 'tables'\nconst shape = model('boat', { most: ${most} })\nexport default shape\n`,
    'tables/all.js': `export { default as Boat } from './boat.js'\n`,
    'tables/index.js': `export * as tables from './all.js'\n`,
    'app.js': `import express from 'express'
import { tables } from './tables/index.js'
const app = express()
app.get('/boats', async (req, res) => res.json(await tables.Boat.find()))
app.listen(3000)
`,
  })
  const [{ set: before }, { set: after }] = [await extractFiles(boats(4)), await extractFiles(boats(5))]
  expect(compareSets(before, after).drifts).toMatchObject([
    { requirement: 'GET /boats', evidence: { path: 'tables/boat.js', line: 2 } },
  ])
  const asked = (ask: string) => ({
    'requirements.txt': 'flask\n',
    'app.py': `from flask import Flask
from keep import once
app = Flask(__name__)

${ask}
def beds():
    return 2

@app.route("/beds")
def all_beds():
    return {"beds": beds()}
`,
  })
  const [{ set: kept }, { set: anew }] = [
    await extractFiles(asked('@once(hours=2)')),
    await extractFiles(asked('')),
  ]
  expect(compareSets(kept, anew).drifts).toMatchObject([{ kind: 'unproved', requirement: 'GET /beds' }])
})

test('tells what middleware from outside is given, of the operations that it stands before [SPEC-DRIFT-05]', async () => {
  const boats = (lists: string) => ({
    'package.json': '{"type":"module","dependencies":{"express":"4","boat-words":"1"}}',
    'app.js': `import express from 'express'
import { words } from 'boat-words'
const app = express()
app.get('/health', (req, res) => res.json({ ok: true }))
app.use(words(${lists}))
app.get('/boats', (req, res) => res.json({ boats: req.words }))
app.listen(3000)
`,
  })
  const [{ set: before }, { set: after }] = [
    await extractFiles(boats(`['nl', 'fr']`)),
    await extractFiles(boats(`['nl', 'de']`)),
  ]
  expect(compareSets(before, after).drifts).toMatchObject([
    { kind: 'unproved', requirement: 'GET /boats', evidence: { path: 'app.js', line: 5 } },
  ])
})

test('says nothing of code where it was not marked, or otherwise [SPEC-DRIFT-05]', async () => {
  const { set } = await extractFiles(express.files)
  const edit = express.loud['an operator']?.edit ?? {}
  const { set: now } = await extractFiles(edited(express.files, edit))
  const { code, ...unmarked } = set
  expect(compareSets(unmarked, now).drifts).toEqual([])
  expect(compareSets({ ...set, ...(code && { code: { ...code, version: 0 } }) }, now).drifts).toEqual([])
  expect(compareSets(set, now).drifts).toHaveLength(1)
})

test('a new function that is called like one outside changes nothing of the operations that call that [SPEC-DRIFT-05]', async () => {
  const shop = (more: string) => ({
    'pom.xml': spring.files['pom.xml'] ?? '',
    'src/main/java/till/Till.java': `package till;
import org.springframework.web.bind.annotation.*;
import till.store.Drawer;
@RestController
public class Till {
    private final Drawer drawer;
    public Till(Drawer drawer) { this.drawer = drawer; }
    @GetMapping("/coins")
    public int coins() {
        drawer.opened(1);
        return drawer.counted(drawer.opened(2));
    }
}
`,
    'src/main/java/till/Other.java': `package till;\npublic class Other {\n    public int open() { return 1; }\n${more}}\n`,
  })
  const [{ set: before }, { set: after }] = [
    await extractFiles(shop('')),
    await extractFiles(shop('    public int opened() { return 2; }\n')),
  ]
  expect(before.code?.operations).not.toEqual(after.code?.operations)
  expect(compareSets(before, after).drifts).toEqual([])
})

test('tells a bound of a model once, as agreed facts have no places: by the model that says it [SPEC-DRIFT-05]', async () => {
  const beds = (most: number) => ({
    'requirements.txt': 'fastapi\npydantic\n',
    'app.py': `from fastapi import FastAPI
from pydantic import BaseModel, Field
app = FastAPI()

class NewBed(BaseModel):
    name: str
    width: int = Field(ge=1, le=${most})

@app.post('/beds', status_code=201)
def make(bed: NewBed):
    return bed
`,
  })
  const agreed = parseAgreed(serializeAgreed((await extractFiles(beds(3))).set))
  expect(
    compareSets(agreed, (await extractFiles(beds(4))).set).drifts.map(
      ({ kind, requirement, usedBy }) => `${kind} ${requirement} ${usedBy.join()}`,
    ),
  ).toEqual(['changed NewBed POST /beds'])
})

test('tells what changed in code that is behind an operation by the field that holds it and was not seen to run [SPEC-DRIFT-05]', async () => {
  const pier = (test: string) => ({
    'src/main/java/pier/Ledger.java':
      'package pier;\npublic interface Ledger { void refuseOther(String boat); }\n',
    'src/main/java/pier/KeptLedger.java': `package pier;
public class KeptLedger implements Ledger {
  private Boats boats;
  @Override
  public void refuseOther(String boat) {
    if (${test}) throw new jakarta.ws.rs.BadRequestException("Not of this pier");
  }
}
`,
    'src/main/java/pier/Boats.java': 'package pier;\npublic interface Boats { boolean has(String boat); }\n',
    'src/main/java/pier/Desk.java': `package pier;
import jakarta.ws.rs.*;
@Path("/boats")
public class Desk {
  private static final boolean STRICT = false;
  private Ledger ledger;
  @PUT @Path("/{boat}")
  public String put(@PathParam("boat") String boat) {
    if (STRICT) ledger.refuseOther(boat);
    return boat;
  }
}
`,
  })
  const [{ set: before }, { set: after }] = [
    await extractFiles(pier('!boats.has(boat)')),
    await extractFiles(pier('boats.has(boat)')),
  ]
  expect(compareSets(before, after).drifts).toMatchObject([
    { kind: 'unproved', evidence: { path: 'src/main/java/pier/KeptLedger.java' } },
  ])
})
