import { parse } from 'yaml'
import { isObject, text } from './json.ts'
import { Draft } from './draft.ts'
import { cut, escapeTemplate } from './names.ts'
import type { Imported } from './report.ts'

/** Agent Skills (`SKILL.md`) and `AGENTS.md`: instructions for a model become an agent that follows them with the tools it is given. */
export function importMarkdown(source: string, fileName: string): Imported {
  const head = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---\r?\n?/.exec(source)
  const meta = head ? safely(head[1]!) : {}
  const body = (head ? source.slice(head[0].length) : source).trim()
  const isSkill = head !== null && typeof meta['name'] === 'string'
  const title = isSkill
    ? String(meta['name'])
    : (/^#\s+(.+)$/m.exec(body)?.[1] ?? fileName.replace(/\.md$/i, ''))
  const draft = new Draft()
  const allowed = text(meta['allowed-tools'])
  const files = [...body.matchAll(/\]\((?!https?:|#)([^)\s]+)\)/g)].map((match) => match[1]!)
  return {
    definition: draft.build(
      title,
      text(meta['description']),
      [
        {
          id: 'work',
          kind: 'loop',
          title: cut(title, 120),
          system: cut(escapeTemplate(body), 100_000),
          goal: '${input.task}',
          tools: [],
        },
      ],
      {
        input: {
          type: 'object',
          properties: { task: { type: 'string', description: 'What is to be done' } },
          required: ['task'],
        },
      },
    ),
    sources: [],
    report: {
      format: isSkill ? 'skill' : 'agents-md',
      parts: [
        { place: fileName, what: isSkill ? 'skill' : 'instructions', state: 'mapped', step: 'work' },
        ...(allowed === ''
          ? []
          : [
              {
                place: `${fileName}#allowed-tools`,
                what: 'tools',
                state: 'by-hand' as const,
                note: `Choose tools here for: ${cut(allowed, 500)}`,
              },
            ]),
        ...[...new Set(files)].slice(0, 50).map((file) => ({
          place: `${fileName}#${file}`,
          what: 'file',
          state: 'by-hand' as const,
          note: 'A file beside it: put what the agent needs of it into objects.',
        })),
      ],
      edges: [],
      expressions: [],
    },
  }
}

function safely(text: string): Record<string, unknown> {
  try {
    const value: unknown = parse(text)
    return isObject(value) ? value : {}
  } catch {
    // Skills with a colon in their description are no YAML; name and description are lines all the same.
    return Object.fromEntries(
      [...text.matchAll(/^([a-z-]+):[ \t]*(.*)$/gm)].map((match) => [match[1], match[2]]),
    )
  }
}
