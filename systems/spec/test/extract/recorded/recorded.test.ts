import { expect, test } from 'vitest'
import { factsOf } from '../../../src/facts/fact-set.ts'
import { operationTitle } from '../../../src/requirements/say-fact.ts'
import { extractFiles } from '../../packs/fixture.ts'
import { djangoApp } from './django.ts'
import { fastapiApp } from './fastapi.ts'
import { flaskApp } from './flask.ts'
import { expressApp, honoApp, koaApp, nestApp } from './node.ts'
import { aiohttpApp, falconApp, sanicApp } from './servers.ts'

test.each([
  fastapiApp,
  flaskApp,
  djangoApp,
  aiohttpApp,
  falconApp,
  sanicApp,
  expressApp,
  nestApp,
  honoApp,
  koaApp,
])(
  'what is told of each operation is what $framework answered [SPEC-EXTRACT-06]',
  async ({ files, answers }) => {
    const { facts } = (await extractFiles(files)).set
    const told = new Map(
      factsOf(facts, 'operation').map((operation) => [
        operationTitle(operation),
        new Set(
          [...factsOf(facts, 'error'), ...factsOf(facts, 'response')]
            .filter((one) => one.operation === operation.id && one.grade !== 'open')
            .map(({ status }) => status),
        ),
      ]),
    )
    expect(
      Object.fromEntries([...told].map(([title, all]) => [title, [...all].toSorted((a, b) => a - b)])),
    ).toEqual(answers)
  },
)
