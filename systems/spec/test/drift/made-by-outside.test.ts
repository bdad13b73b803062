import { expect, test } from 'vitest'
import { changesBetween } from '../../src/drift/changes-between.ts'
import { compareSets } from '../../src/drift/compare-code.ts'
import { isNote } from '../../src/drift/compare-facts.ts'
import { extractFiles } from '../packs/fixture.ts'
import { edited } from './marked.ts'
import type { Edit, Files } from './marked.ts'

async function told(files: Files, edit: Edit) {
  const [was, is] = [await extractFiles(files), await extractFiles(edited(files, edit))]
  const changes = await changesBetween(was, is)
  return compareSets(was.set, is.set, changes).drifts.flatMap((one) =>
    isNote(one) ? [] : [[one.requirement, one.before, one.after]],
  )
}

const archive: Files = {
  'package.json': '{"dependencies":{"express":"5","multer":"1"}}',
  'app.js': `const express = require('express')
const multer = require('multer')
const app = express()
const most = 5000
function plansOnly(req, file, done) {
  if (file.mimetype !== 'text/csv') return done(new Error('plans only'))
  return done(null, true)
}
const plans = multer({ dest: 'plans', fileFilter: plansOnly, limits: { fileSize: most } })
const maps = multer({ dest: 'maps' })
app.post('/plans', plans.single('plan'), (req, res) => res.json({ name: req.body.name }))
app.post('/maps', maps.single('map'), (req, res) => res.json({ name: req.body.name }))
app.listen(80)
`,
}

test.each([
  ['how large', 'most = 5000', 'most = 9000', '/plans'],
  ['which', "'text/csv'", "'text/tsv'", '/plans'],
  ['how many', "multer({ dest: 'maps' })", "multer({ dest: 'maps', limits: { files: 2 } })", '/maps'],
])('%s files an upload takes is behaviour of its operation [SPEC-DRIFT-06]', async (_, from, to, path) => {
  const drifts = await told(archive, { 'app.js': [[from, to]] })
  expect(drifts.map(([requirement]) => requirement)).toEqual([`POST ${path}`])
})

test('an option of an upload that gets a name is no drift [SPEC-DRIFT-02]', async () => {
  const edit: Edit = {
    'app.js': [
      ["dest: 'plans'", 'dest: folder'],
      ['const most', "const folder = 'plans'\nconst most"],
    ],
  }
  expect(await told(archive, edit)).toEqual([])
})

const vault: Files = {
  'pom.xml':
    '<project><dependencies><dependency><groupId>io.quarkus</groupId><artifactId>quarkus-rest</artifactId></dependency></dependencies></project>',
  'src/main/java/vault/Keys.java': `package vault;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
@Path("/keys")
public class Keys {
    @GET
    @RolesAllowed("warden")
    public String all() { return "keys"; }
    @GET
    @Path("/open")
    public String open() { return "open"; }
}
`,
  'src/main/java/vault/Refusals.java': `package vault;
import io.quarkus.security.UnauthorizedException;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.Status;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
public class Refusals {
    @ServerExceptionMapper(UnauthorizedException.class)
    public RestResponse<Refusal> refused(UnauthorizedException e) {
        return RestResponse.status(Status.UNAUTHORIZED, new Refusal(e.getMessage(), true));
    }
    public record Refusal(String message, boolean mayRegister) {}
}
`,
}

test.each([
  ['its status', 'Status.UNAUTHORIZED', 'Status.FORBIDDEN'],
  ['a part of its body', 'boolean mayRegister', 'boolean mayJoin'],
])(
  '%s of what a refusal of the framework is answered with is of the operations that refuse [SPEC-DRIFT-08]',
  async (_, from, to) => {
    const drifts = await told(vault, { 'src/main/java/vault/Refusals.java': [[from, to]] })
    expect([...new Set(drifts.map(([requirement]) => requirement))]).toEqual(['GET /keys'])
  },
)
