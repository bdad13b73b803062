import type { Authorize } from '../credentials/authorization.ts'
import { noAuthorization } from '../credentials/authorization.ts'
import { checkQuery } from '../sql/check-query.ts'
import { describeTables, readRows } from '../sql/read-only-database.ts'
import type { DatabaseAddress, ReadLimits } from '../sql/read-only-database.ts'
import { failedBy } from './failed.ts'
import { pinOf } from './pin.ts'
import type { SourceSpec } from './source-spec.ts'
import type { CallContext, JsonSchema, Tool, ToolOutcome, ToolSource } from './tool.ts'

const rowsSchema: JsonSchema = {
  type: 'object',
  required: ['columns', 'rows', 'isCut'],
  properties: {
    columns: { type: 'array', items: { type: 'string' } },
    rows: { type: 'array', items: { type: 'object' } },
    isCut: { type: 'boolean', description: 'There were more rows.' },
  },
}

/** The host of a database, checked before each connection. @throws OutboundError where it may not be reached */
export type LocateHost = (host: string) => Promise<string>

/**
 * A source `sql:…`: a PostgreSQL that is read. `query` takes one SELECT that is parsed first, `schema` lists the tables that the login may read, and each query that
 * an administrator wrote is a tool with typed arguments. Values are parameters, never text of a query.
 */
export async function sqlSource(
  name: string,
  spec: SourceSpec,
  locate: LocateHost,
  authorize: Authorize,
  timeoutMs: number,
): Promise<ToolSource> {
  const url = new URL(spec.url!)
  const limits = { schemas: spec.schemas, functions: spec.functions }
  for (const query of spec.queries) await checkQuery(query.sql, limits)
  const tools = toolsOf(spec)
  const address = async (): Promise<DatabaseAddress> => ({
    host: url.hostname,
    address: await locate(url.hostname),
    port: url.port === '' ? 5432 : Number(url.port),
    database: decodeURIComponent(url.pathname.slice(1)),
    tls: spec.tls,
  })
  return {
    name,
    list: () => Promise.resolve(tools),
    async call({ tool, args }, context: CallContext): Promise<ToolOutcome> {
      let given = noAuthorization
      try {
        given = await authorize(name, { ...context, tool: tool.name })
        const within: ReadLimits = {
          ...limits,
          maxRows: spec.maxRows,
          maxBytes: context.maxAnswerBytes,
          timeoutMs,
        }
        if (tool.name === 'schema')
          return {
            state: 'done',
            value: { tables: await describeTables(await address(), given.login, within, context.signal) },
          }
        const named = spec.queries.find((each) => each.name === tool.name)
        const query = named
          ? { sql: named.sql, parameters: named.parameters.map((each) => args[each.name] ?? null) }
          : { sql: String(args['sql']), parameters: (args['parameters'] ?? []) as unknown[] }
        return {
          state: 'done',
          value: await readRows(await address(), given.login, query, within, context.signal),
        }
      } catch (error) {
        return failedBy(error, given.secrets)
      }
    },
  }
}

function toolsOf(spec: SourceSpec): readonly Tool[] {
  const reads = { effect: 'none', takesKey: true, canCheck: false } as const
  const described: Omit<Tool, 'pin'>[] = spec.queries.map((query) => ({
    name: query.name,
    description: query.description,
    input: {
      type: 'object',
      required: query.parameters.map((each) => each.name),
      properties: Object.fromEntries(query.parameters.map((each) => [each.name, each.schema])),
      additionalProperties: false,
    },
    output: rowsSchema,
    ...reads,
  }))
  if (!spec.onlyQueries)
    described.push({
      name: 'query',
      title: 'Read by a query',
      description: `Runs one SELECT of PostgreSQL over tables of ${spec.schemas.join(', ')} and gives ${spec.maxRows} rows at most. Values are parameters ($1, $2 …). The tool "schema" lists tables and columns.`,
      input: {
        type: 'object',
        required: ['sql'],
        properties: {
          sql: { type: 'string', maxLength: 50_000, description: 'One SELECT, with $1, $2 … for values.' },
          parameters: {
            type: 'array',
            maxItems: 200,
            items: { type: ['string', 'number', 'boolean', 'null', 'array', 'object'] },
            description: 'The values of $1, $2 …',
          },
        },
        additionalProperties: false,
      },
      output: rowsSchema,
      ...reads,
    })
  described.push({
    name: 'schema',
    title: 'Tables and columns',
    description: 'Lists the tables and views that may be read, with their columns and types.',
    input: { type: 'object', additionalProperties: false },
    output: { type: 'object', required: ['tables'], properties: { tables: { type: 'array' } } },
    ...reads,
  })
  return described.map((tool) => ({ ...tool, pin: pinOf(tool) }))
}
