import { parseSync, Visitor } from 'oxc-parser'
import type { EcmaScriptModule, Program } from 'oxc-parser'

/** One import, re-export, `import()` or `import('…')` type of a file. */
export interface ImportRef {
  specifier: string
  /** Gone once types are stripped. */
  isType: boolean
  /** What is taken by name; empty for a namespace, a side effect, or at run time. */
  names: string[]
}

/** Every import of a source text, whatever its form. Throws where the text is no JavaScript or TypeScript. */
export function readImports(path: string, text: string): ImportRef[] {
  const parsed = parseSync(path, text)
  const fatal = parsed.errors.find(({ severity }) => severity === ('Error' as typeof severity))
  if (fatal) throw new Error(`${path}: ${fatal.message}`)
  const { module } = parsed
  const found = [...staticImports(module), ...reExports(module), ...dynamicImports(module, text)]
  const mayHoldTypes = (text.match(/\bimport\s*\(/g) ?? []).length > module.dynamicImports.length
  if (mayHoldTypes) found.push(...importTypes(parsed.program))
  return found
}

function staticImports({ staticImports: statements }: EcmaScriptModule): ImportRef[] {
  return statements.map(({ moduleRequest, entries }) => ({
    specifier: moduleRequest.value,
    isType: entries.length > 0 && entries.every(({ isType }) => isType),
    names: entries.map(({ importName }) => importName.name).filter((name) => name !== null),
  }))
}

function reExports({ staticExports }: EcmaScriptModule): ImportRef[] {
  return staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest, isType, importName }) =>
      moduleRequest === null
        ? []
        : [
            {
              specifier: moduleRequest.value,
              isType,
              names: importName.name === null ? [] : [importName.name],
            },
          ],
    ),
  )
}

/** Those whose name is a literal; another cannot be followed by anyone. */
function dynamicImports({ dynamicImports: calls }: EcmaScriptModule, text: string): ImportRef[] {
  return calls.flatMap(({ moduleRequest }) => {
    const literal = /^(['"`])([^'"`$]+)\1$/.exec(text.slice(moduleRequest.start, moduleRequest.end))
    return literal ? [{ specifier: literal[2]!, isType: false, names: [] }] : []
  })
}

function importTypes(program: Program): ImportRef[] {
  const found: ImportRef[] = []
  new Visitor({
    TSImportType({ source }) {
      found.push({ specifier: source.value, isType: true, names: [] })
    },
  }).visit(program)
  return found
}
