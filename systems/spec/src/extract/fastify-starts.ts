import { posix } from 'node:path'
import { fastify } from '../packs/fastify/fastify.ts'
import { makeRouter, routerValue } from '../packs/router.ts'
import type { Routing } from '../packs/routing.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import type { Project } from '../resolve/project.ts'

const starts = /\bfastify\s+start\b[^&|;"]*?\s((?:\.\/)?[\w./-]+\.[cm]?[jt]s)\b/g

/** fastify-cli, README: programs that are a plugin, in a file that a script of their manifest starts. */
export function startFastify(interpreter: Interpreter, routing: Routing): void {
  const { project } = interpreter
  for (const [path, text] of project.manifests)
    for (const file of posix.basename(path) === 'package.json' ? filesStarted(project, path, text) : []) {
      const module = project.modules.get(file)
      const plugin = module ? interpreter.exported(module, 'default') : null
      if (!module || !plugin || (plugin.t === 'func' && interpreter.invoked.has(plugin.fn))) continue
      const site = { module, start: 0, end: 0, symbol: '' }
      const router = makeRouter(fastify, site, true, null)
      routing.routers.push(router)
      interpreter.budget = 1_000_000
      const register = interpreter.member(routerValue(router), 'register', site)
      interpreter.call(register, [{ name: null, value: plugin }], site)
    }
}

// What is built stands where its source does.
function filesStarted(project: Project, manifest: string, text: string): string[] {
  const found = Array.from(text.matchAll(starts), ([, file = '']) => {
    const bare = posix.join(posix.dirname(manifest), file).replace(/\.[cm]?[jt]s$/, '')
    const source = bare.replace(/(^|\/)(?:dist|build|lib|out)\//, '$1')
    return [bare, source, posix.join(posix.dirname(manifest), 'src', posix.basename(bare))]
      .flatMap((one) => ['ts', 'js', 'mts', 'mjs', 'cjs', 'cts'].map((end) => `${one}.${end}`))
      .find((one) => project.modules.has(one))
  })
  return [...new Set(found.filter((one) => one !== undefined))]
}
