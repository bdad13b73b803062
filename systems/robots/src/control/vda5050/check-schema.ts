import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { robotTopics, versions } from './protocol.ts'
import type { Major, TopicName } from './protocol.ts'

// `strict: false`: the schemas carry words of their own (`unit`, `subtopic`).
const ajv = new Ajv2020({ strict: false, validateFormats: true })
addFormats.default(ajv, ['date-time', 'uri'])
ajv.addFormat('uint32', {
  type: 'number',
  validate: (value: number) => Number.isInteger(value) && value >= 0 && value < 2 ** 32,
})

const compiled: Record<Major, Map<TopicName, ValidateFunction>> = { 2: new Map(), 3: new Map() }

/** What the published schema has against a message, in words; null where nothing. */
export function schemaError(major: Major, topic: TopicName, message: unknown): string | null {
  const check = checkOf(major, topic)
  if (check(message)) return null
  return ajv.errorsText(check.errors, { dataVar: topic })
}

/** Compiles what robots say: a tenth of a second that a gateway does not have when it takes over. */
export function readySchemas(): void {
  for (const major of [2, 3] as const) for (const topic of robotTopics) checkOf(major, topic)
}

function checkOf(major: Major, topic: TopicName): ValidateFunction {
  let check = compiled[major].get(topic)
  if (check === undefined) {
    const path = join(import.meta.dirname, 'schemas', versions[major], `${topic}.json`)
    check = ajv.compile(JSON.parse(readFileSync(path, 'utf8')) as object)
    compiled[major].set(topic, check)
  }
  return check
}
