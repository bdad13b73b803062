import type { Project } from './project.ts'
import { placed } from './project.ts'
import type { Runtime } from './runtime.ts'
import { constant, textOf } from './values.ts'
import type { ArgValue, ObjectValue, Site, Value } from './values.ts'
import { fileOf, folderOf } from './node-files.ts'

const loaded = /\.(?:js|json|coffee|cjs|mjs|ts)$/

/** `require-directory` (its readme): loads all modules of a folder and of those in it, gives each to `visit`, and gives a tree of them by their names. Null where its folder is not known. */
export function requireDirectory(
  run: Runtime,
  args: readonly ArgValue[],
  load: (path: string) => Value | null,
  site: Site,
): Value | null {
  const [, given, last] = args.map(({ value }) => value)
  const path = given?.t === 'object' ? null : textOf(given)
  if (path === null && given && given.t !== 'object') return null
  const options = given?.t === 'object' ? given : last
  const visit = options?.t === 'object' ? options.props.get('visit') : undefined
  const from = path ?? folderOf(site.module)
  return below(run.project, placed(site.module, from), site, (file) => {
    const full = fileOf({ ...site.module, path: file })
    const value = load(full)
    if (value && visit?.t === 'func') {
      const name = file.split('/').at(-1) ?? ''
      const made = run.call(
        visit,
        [value, constant(full), constant(name)].map((one) => ({ name: null, value: one })),
        site,
      )
      return made.t === 'const' || made.t === 'symbol' ? value : made
    }
    return value
  })
}

function below(
  project: Project,
  folder: string,
  site: Site,
  take: (path: string) => Value | null,
): ObjectValue | null {
  const { folders, files } = project.inFolder(folder)
  if (folders.length + files.length === 0) return null
  const props = new Map<string, Value>()
  for (const name of [...folders, ...files].toSorted()) {
    const path = `${folder}/${name}`
    const isOwn = path === site.module.path || name === 'node_modules'
    const value = isOwn
      ? null
      : folders.includes(name)
        ? below(project, path, site, take)
        : loaded.test(name)
          ? take(path)
          : null
    if (value) props.set(name.replace(loaded, ''), value)
  }
  return { t: 'object', props, ref: null, args: [], isOpen: false, site }
}
