import { InvalidInputError } from '@heavylift/core'
import type { SafeFetch } from '@heavylift/core/safe-fetch'
import { ApiDocument } from '../openapi/document.ts'
import { readOperations } from '../openapi/operations.ts'
import { requestOf } from '../openapi/request.ts'
import type { Authorize } from './credentials.ts'
import { outboundCall } from './outbound-call.ts'
import { pinOf } from './pin.ts'
import type { Tool, ToolOutcome, ToolSource } from './tool.ts'

/**
 * A source `openapi:…`: the operations of a document as tools. `server` is where it answers, from an administrator rather than from the document;
 * without it the document's first.
 */
export function openApiSource(
  name: string,
  value: unknown,
  server: string | undefined,
  fetch: SafeFetch,
  authorize: Authorize,
): ToolSource {
  const { operations } = readOperations(new ApiDocument(value))
  const byName = new Map(operations.map((operation) => [operation.name, operation]))
  const tools: readonly Tool[] = operations.map((operation) => {
    const tool: Omit<Tool, 'pin'> = {
      name: operation.name,
      title: operation.title,
      description: operation.description,
      input: operation.input,
      ...(operation.output ? { output: operation.output } : {}),
      effect: operation.effect,
      takesKey: operation.keyHeader !== undefined,
      canCheck: false,
    }
    return { ...tool, pin: pinOf(tool) }
  })
  return {
    name,
    list: () => Promise.resolve(tools),
    async call({ tool, args }, context): Promise<ToolOutcome> {
      const operation = byName.get(tool.name)
      const base = (server ?? operation?.servers.find((each) => /^https?:/.test(each)))?.replace(/\/+$/, '')
      if (!operation || base === undefined)
        return {
          state: 'failed',
          code: 'tool-unknown',
          message: operation
            ? `The document of ${name} names no server; set its url.`
            : `${name} has no operation "${tool.name}".`,
          isRetryable: false,
        }
      try {
        const request = requestOf(operation, args, base)
        return await outboundCall(
          fetch,
          {
            ...request,
            headers: {
              ...request.headers,
              ...(operation.keyHeader === undefined
                ? {}
                : { [operation.keyHeader.toLowerCase()]: context.key }),
              ...(await authorize(name, context.credential)),
            },
          },
          tool,
          context,
        )
      } catch (error) {
        if (!InvalidInputError.isInstance(error)) throw error
        return { state: 'failed', code: error.code, message: error.message, isRetryable: false }
      }
    },
  }
}
