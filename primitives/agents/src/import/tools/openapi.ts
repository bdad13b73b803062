import { ApiDocument } from '../../openapi/document.ts'
import { readOperations } from '../../openapi/operations.ts'
import { slug } from '../names.ts'
import type { Imported } from '../report.ts'
import { ofSources } from './functions.ts'

/** The operations of an OpenAPI document as tools of a source that has to be registered. @throws InvalidInputError `import-not-openapi` */
export function importOpenApi(value: unknown): Imported {
  const document = new ApiDocument(value)
  const { operations, left } = readOperations(document)
  const url = operations.flatMap(({ servers }) => servers).find((server) => /^https?:/.test(server))
  const imported = ofSources(
    'openapi',
    [
      {
        name: `openapi:${slug(document.title, '-').slice(0, 100) || 'api'}`,
        kind: 'openapi',
        title: document.title,
        ...(url === undefined ? {} : { url }),
        tools: operations.map(({ name, description, input, output }) => ({
          name,
          description,
          input,
          ...(output ? { output } : {}),
        })),
        document: value,
      },
    ],
    left.map(({ place, why }) => ({ place, what: 'operation', state: 'by-hand' as const, note: why })),
  )
  const faults = new Map(operations.map((operation) => [operation.name, operation.faults]))
  for (const part of imported.report.parts) {
    const found = part.what === 'tool' ? faults.get(part.place.slice(part.place.indexOf('/') + 1)) : undefined
    if (found === undefined || found.length === 0) continue
    part.state = 'approximated'
    part.note = `${found.join('; ')}. Mend the document, or ask whoever keeps the API.`
  }
  return imported
}
