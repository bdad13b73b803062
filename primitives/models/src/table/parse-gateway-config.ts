import { findNearest } from '@heavylift/core/runtime'
import type { z } from 'zod'
import { pathText } from './config-problem.ts'
import type { ConfigProblem } from './config-problem.ts'
import { configWarnings } from './config-warnings.ts'
import type { WarningSources } from './config-warnings.ts'
import { crossCheck, nothingBeside } from './cross-checks.ts'
import type { Finding, NamesBeside } from './cross-checks.ts'
import { gatewayConfigSchema } from './gateway-config.ts'
import type { GatewayConfig } from './gateway-config.ts'
import { JsonSource } from './json-source.ts'
import { knownFields } from './known-fields.ts'

export type ParsedConfig =
  | {
      config: GatewayConfig
      /** A finding with its place in the text. */
      locate(finding: Finding): ConfigProblem
      warnings(sources: WarningSources): Promise<ConfigProblem[]>
    }
  | { problems: ConfigProblem[] }

/**
 * Reads the gateway's table: JSON with comments and trailing commas. Gives every problem with the line and column of
 * what is wrong: of the syntax, then of single values, then of names that one part uses and no other has. Never throws.
 */
export function parseGatewayConfig(text: string, beside: NamesBeside = nothingBeside): ParsedConfig {
  const source = new JsonSource(text)
  if (source.problems.length > 0) return { problems: source.problems }
  const parsed = gatewayConfigSchema.safeParse(source.value)
  if (!parsed.success) {
    return { problems: parsed.error.issues.flatMap((issue) => problemsOf(issue, source)) }
  }
  const findings = crossCheck(parsed.data, beside)
  if (findings.length > 0)
    return { problems: findings.map(({ path, message }) => source.problemAt(path, message)) }
  return {
    config: parsed.data,
    locate: ({ path, message }) => source.problemAt(path, message),
    async warnings(sources) {
      const warnings = await configWarnings(parsed.data, sources)
      return warnings.map(({ path, message }) => source.problemAt(path, message))
    },
  }
}

function problemsOf(issue: z.core.$ZodIssue, source: JsonSource): ConfigProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const near = findNearest(key, knownFields(issue.path))
      const message = `There is no such setting.${near === null ? '' : ` Did you mean "${near}"?`}`
      return source.problemAtName([...issue.path, key], message)
    })
  }
  if (issue.code === 'invalid_key') {
    return [source.problemAtName(issue.path, issue.issues[0]?.message ?? issue.message)]
  }
  if (issue.code === 'invalid_type' && isMissing(source, issue.path)) {
    return [
      source.problemAt(issue.path, `"${pathText(issue.path.slice(-1))}" is missing (${issue.expected}).`),
    ]
  }
  return [source.problemAt(issue.path, issue.message)]
}

function isMissing(source: JsonSource, path: readonly PropertyKey[]): boolean {
  let value = source.value
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return false
    value = (value as Record<PropertyKey, unknown>)[part]
  }
  return value === undefined
}
