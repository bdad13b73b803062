/** A line for each point. */
export async function point(name, check) {
  try {
    await check()
    process.stdout.write(`ok ${name}\n`)
  } catch (error) {
    const said = String(error?.message ?? error)
      .slice(0, 300)
      .replaceAll('\n', ' ')
    process.stdout.write(`FAIL ${name}: ${said}\n`)
  }
}
