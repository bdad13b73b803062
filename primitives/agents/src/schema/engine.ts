import * as Browser from '@hyperjump/browser'
import { DETAILED, BASIC, Validation, addKeyword, getKeywordName } from '@hyperjump/json-schema/experimental'
import * as Instance from '@hyperjump/json-schema/instance/experimental'
import type { JsonNode } from '@hyperjump/json-schema/instance/experimental'
import {
  registerSchema,
  setMetaSchemaOutputFormat,
  unregisterSchema,
  validate,
} from '@hyperjump/json-schema/draft-2020-12'
import '@hyperjump/json-schema/draft-2019-09'
import '@hyperjump/json-schema/draft-07'
import '@hyperjump/json-schema/draft-06'
import '@hyperjump/json-schema/draft-04'
import '@hyperjump/json-schema/openapi-3-0'
import { linearPattern } from './linear-pattern.ts'

/** What the library hands to keywords while it looks at an object. */
type Context = Parameters<typeof Validation.interpret>[2] & { evaluatedProperties?: Set<string> }

// This module changes the library for the whole process, before its first use. Schemas come from outside, so:
// 1. their references lead nowhere but into themselves and the standards' own schemas: nothing is fetched, no file is read;
for (const scheme of ['http', 'https', 'file']) Browser.removeUriSchemePlugin(scheme)
// 2. their patterns run in linear time. One that RE2 cannot do is not checked; `uncheckedPatterns` of a compiled schema names it.
addKeyword<string>({
  id: 'https://json-schema.org/keyword/pattern',
  compile: async (schema) => Browser.value<string>(schema),
  interpret: (pattern, instance) =>
    Instance.typeOf(instance) !== 'string' ||
    (linearPattern(pattern)?.test(Instance.value<string>(instance)) ?? true),
})
addKeyword<[string, string][]>({
  id: 'https://json-schema.org/keyword/patternProperties',
  simpleApplicator: true,
  compile: async (schema, ast) => {
    const compiled: [string, string][] = []
    for await (const [pattern, inner] of Browser.entries(schema))
      compiled.push([pattern, await Validation.compile(inner as typeof schema, ast, schema)])
    return compiled
  },
  interpret: (patterns, instance, context) =>
    patterns.every(([pattern, schemaUri]) =>
      holdForAll(instance, context, schemaUri, (name) => linearPattern(pattern)?.test(name) ?? false),
    ),
})
addKeyword<[Set<string>, string[], string]>({
  id: 'https://json-schema.org/keyword/additionalProperties',
  simpleApplicator: true,
  compile: async (schema, ast, parent) => {
    const keysOf = async (keyword: string): Promise<string[]> => {
      const name = getKeywordName(schema.document.dialectId, `https://json-schema.org/keyword/${keyword}`)
      const found = await Browser.step(name, parent)
      return Browser.typeOf(found) === 'object' ? [...Browser.keys(found)] : []
    }
    return [
      new Set(await keysOf('properties')),
      await keysOf('patternProperties'),
      await Validation.compile(schema, ast, parent),
    ]
  },
  interpret: ([names, patterns, schemaUri], instance, context) =>
    holdForAll(
      instance,
      context,
      schemaUri,
      (name) => !names.has(name) && !patterns.some((pattern) => linearPattern(pattern)?.test(name) ?? true),
    ),
})
setMetaSchemaOutputFormat(BASIC)

/** Holds the values of an object whose names are meant against a schema; all of them, so that every fault is reported. */
function holdForAll(
  instance: JsonNode,
  context: Context,
  schemaUri: string,
  isMeant: (name: string) => boolean,
): boolean {
  if (Instance.typeOf(instance) !== 'object') return true
  let isValid = true
  for (const [nameNode, valueNode] of Instance.entries(instance)) {
    const name = Instance.value<string>(nameNode)
    if (!isMeant(name)) continue
    if (!Validation.interpret(schemaUri, valueNode, context)) isValid = false
    // Without it `unevaluatedProperties` would take the property for an unknown one.
    context.evaluatedProperties?.add(name)
  }
  return isValid
}

export { DETAILED, registerSchema, unregisterSchema, validate }
