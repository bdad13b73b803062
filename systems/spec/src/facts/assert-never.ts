/** Where every kind has been handled; the compiler refuses a call that can be reached. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled: ${JSON.stringify(value)}`)
}
