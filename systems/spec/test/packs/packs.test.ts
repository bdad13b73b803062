import { describe, expect, test } from 'vitest'
import { missingIn } from '../../src/extract/shown.ts'
import type { Fact } from '../../src/facts/fact.ts'
import { packs } from '../../src/packs/packs.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles, summarize } from './fixture.ts'
import * as adonis from './fixtures/adonis.ts'
import { chiArticles } from './fixtures/articles/chi.ts'
import { echoArticles } from './fixtures/articles/echo.ts'
import { expressArticles } from './fixtures/articles/express.ts'
import { fastapiArticles } from './fixtures/articles/fastapi.ts'
import { fastifyArticles } from './fixtures/articles/fastify.ts'
import { fiberArticles } from './fixtures/articles/fiber.ts'
import { flaskArticles } from './fixtures/articles/flask.ts'
import { fluxArticles } from './fixtures/articles/flux.ts'
import { ginArticles } from './fixtures/articles/gin.ts'
import { hapiArticles } from './fixtures/articles/hapi.ts'
import { honoArticles } from './fixtures/articles/hono.ts'
import { koaArticles } from './fixtures/articles/koa.ts'
import { micronautArticles } from './fixtures/articles/micronaut.ts'
import { nestArticles } from './fixtures/articles/nest.ts'
import { nextArticles, nextPagesArticles } from './fixtures/articles/next.ts'
import { netHttpArticles } from './fixtures/articles/net-http.ts'
import * as pythonServers from './fixtures/articles/python-servers.ts'
import { quarkusArticles } from './fixtures/articles/quarkus.ts'
import { restFrameworkArticles } from './fixtures/articles/rest-framework.ts'
import { springArticles } from './fixtures/articles/spring.ts'
import { tornadoArticles } from './fixtures/articles/tornado.ts'
import * as go from './fixtures/go.ts'
import * as goFrameworks from './fixtures/go-frameworks.ts'
import * as java from './fixtures/java.ts'
import * as javaFrameworks from './fixtures/java-frameworks.ts'
import * as javascript from './fixtures/javascript.ts'
import * as python from './fixtures/python.ts'
import * as pythonInputs from './fixtures/python-inputs.ts'
import * as pythonFrameworks from './fixtures/python-frameworks.ts'
import * as nodeFiles from './fixtures/node-files.ts'
import * as nodeFrameworks from './fixtures/node-frameworks.ts'
import * as pyramid from './fixtures/pyramid.ts'
import * as nodeRouters from './fixtures/node-routers.ts'

const articles = {
  nestArticles,
  hapiArticles,
  nextArticles,
  nextPagesArticles,
  springArticles,
  fluxArticles,
  quarkusArticles,
  micronautArticles,
  flaskArticles,
  restFrameworkArticles,
  tornadoArticles,
  fastifyArticles,
  koaArticles,
  honoArticles,
  expressArticles,
  fastapiArticles,
  echoArticles,
  chiArticles,
  netHttpArticles,
  fiberArticles,
  ginArticles,
}
const fixtures = [
  javascript,
  nodeFiles,
  nodeRouters,
  nodeFrameworks,
  adonis,
  python,
  pythonFrameworks,
  pythonInputs,
  pythonServers,
  pyramid,
  java,
  javaFrameworks,
  go,
  goFrameworks,
  articles,
].flatMap((each) => Object.entries(each))

// One contract for all packs: what a fixture answers is read, and nothing else.
describe.each(fixtures)('the pack that reads %s', (_name, fixture) => {
  test('finds every operation and no other, with its statuses, parameters and constraints [SPEC-PACKS-01]', async () => {
    const found = summarize(await extractFiles(fixture.files))
    expect(found.operations).toEqual(fixture.operations)
    for (const part of ['statuses', 'parameters', 'constraints'] as const)
      for (const [operation, expected] of Object.entries(fixture[part] ?? {}))
        expect({ operation, [part]: found[part][operation] }).toEqual({ operation, [part]: expected })
  })

  test('names the framework, and every claim has evidence [SPEC-PACKS-01]', async () => {
    const { set } = await extractFiles(fixture.files)
    expect(set.frameworks.filter(({ isRead }) => isRead).map(({ name }) => name)).toContain(fixture.framework)
    for (const fact of set.facts)
      for (const { startByte, endByte } of fact.evidence) expect(endByte).toBeGreaterThan(startByte)
    expect(set.facts.filter(({ evidence }) => evidence.length === 0)).toEqual([])
  })

  test('shows of everything that is proved the words of its sentence [SPEC-EXTRACT-06]', async () => {
    const { set } = await extractFiles(fixture.files)
    const operations = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, one]))
    const unshown = set.facts.flatMap((fact) => {
      const of = 'operation' in fact ? (operations.get(fact.operation) ?? null) : null
      const title = fact.kind === 'operation' ? fact : of
      const missing =
        fact.grade === 'proved' ? missingIn(fact, textsOf(fact, fixture.files), undefined, of) : []
      const says = sayFact(fact, title ? operationTitle(title) : '')
      return missing.length > 0 && !unshownAsYet.test(says) ? [{ says, missing }] : []
    })
    expect(unshown).toEqual([])
  })
})

/** A part of the body that is read and handed to a serializer: the place where it is read is not kept. */
const unshownAsYet = /a body of application\/json with user \(LoginSerializer\)/

const textsOf = ({ evidence }: Fact, files: Readonly<Record<string, string>>) =>
  evidence.map(({ path, startByte, endByte }) =>
    Buffer.from(files[path] ?? '')
      .subarray(startByte, endByte)
      .toString(),
  )

test('every pack has a fixture [SPEC-PACKS-01]', () => {
  const read = new Set(fixtures.map(([, { framework }]) => framework))
  expect(packs.map(({ framework }) => framework).filter((name) => !read.has(name))).toEqual([])
})
