import { buildOutdated } from '../../../../scripts/setup/build.mjs'
import type { CliContext } from '../cli-context.ts'
import { installationRoot } from '../root.ts'

/** Builds the console of a checkout that has none. When that fails, says so and how to do it by hand; the server runs without it. */
export async function buildConsole(context: CliContext): Promise<void> {
  try {
    await buildOutdated(installationRoot)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    context.stderr.write(
      `The console could not be built, so there are no pages, only the API: ${reason}\nRun \`npm start\`, which installs what the build needs.\n`,
    )
  }
}
