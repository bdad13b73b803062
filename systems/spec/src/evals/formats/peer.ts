import { execFile } from 'node:child_process'
import { dirname, join, relative, sep } from 'node:path'
import { HeavyliftError } from '@heavylift/core'
import { z } from 'zod'

const answerSchema = z.object({
  items: z.array(z.object({ id: z.string(), type: z.string(), valid: z.boolean() })),
})

/** What `openspec validate --specs --strict` says of each main spec of the tree, by path. */
export async function validateByPeer(
  program: string,
  tree: string,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, boolean>> {
  const verdicts = new Map<string, boolean>()
  const roots = new Set(paths.map((path) => path.replace(/(?:^|\/)openspec\/specs\/.*$/, '')))
  for (const root of roots) {
    const answer = answerSchema.parse(JSON.parse(await validate(program, join(tree, root), signal)))
    for (const { id, type, valid } of answer.items)
      if (type === 'spec')
        verdicts.set([root, 'openspec/specs', id, 'spec.md'].filter((part) => part !== '').join('/'), valid)
  }
  return verdicts
}

function validate(program: string, folder: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [program, 'validate', '--specs', '--strict', '--json', '--no-interactive'],
      {
        cwd: folder,
        signal,
        maxBuffer: 2 ** 28,
        env: { ...process.env, OPENSPEC_TELEMETRY: '0', DO_NOT_TRACK: '1', CI: '1' },
      },
      // It leaves with 1 where a spec is not valid, and prints what it found all the same.
      (error, stdout) => {
        const start = stdout.indexOf('{')
        if (start !== -1) resolve(stdout.slice(start))
        else
          reject(
            new HeavyliftError({
              code: 'openspec-failed',
              message: `openspec could not be run in ${relative(dirname(folder), folder).split(sep).join('/')}. Give bin/openspec.js of the package.`,
              cause: error,
            }),
          )
      },
    )
  })
}
