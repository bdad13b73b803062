import { shown } from '../facts/expression.ts'
import { isMadeError } from '../resolve/go-errors.ts'
import type { Project } from '../resolve/project.ts'
import { each } from '../resolve/values.ts'
import type { Value } from '../resolve/values.ts'

interface Rule {
  remote?: RegExp
  module?: string
}

const known = new WeakMap<Project, Map<RegExp | string, boolean>>()

/** Go: whether an error may be answered with another status than the framework documents: it came of a call of another program, or the framework was replaced. */
export function maySayOther(project: Project, { remote, module }: Rule, error: Value): boolean {
  if (module !== undefined && keptFor(project, module, () => isReplaced(project, module))) return true
  return (
    remote !== undefined &&
    each(error).some(isOfCall) &&
    keptFor(project, remote, () => imports(project, remote))
  )
}

// What a call of code outside failed with, and not reading the request.
const isOfCall = (error: Value): boolean =>
  error.t === 'symbol' &&
  !isMadeError(error) &&
  shown(error.text).endsWith(' failed') &&
  !/^(?:body|query|path|header) /.test(shown(error.text))

const imports = (project: Project, of: RegExp): boolean =>
  [...project.modules.values()].some(
    ({ language, text }) =>
      language === 'go' &&
      [...text.matchAll(/^\s*(?:import\s+)?(?:\w+\s+)?"([\w./-]+)"\s*$/gm)].some(([, path]) =>
        of.test(path ?? ''),
      ),
  )

// go.dev, "go.mod file reference": another module stands in the place of this one.
const isReplaced = ({ manifests }: Project, module: string): boolean =>
  [...manifests].some(
    ([path, text]) =>
      /(?:^|\/)go\.mod$/.test(path) &&
      new RegExp(
        String.raw`^\s*(?:replace\s+)?${module.replaceAll('.', String.raw`\.`)}(?:\s+v\S+)?\s+=>\s+[\w-]+\.`,
        'm',
      ).test(text),
  )

function keptFor(project: Project, key: RegExp | string, find: () => boolean): boolean {
  const all = known.get(project) ?? new Map<RegExp | string, boolean>()
  known.set(project, all)
  const found = all.get(key) ?? find()
  all.set(key, found)
  return found
}
