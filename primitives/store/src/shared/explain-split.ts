/** What a tile says where servers share the database and not their files. `own`: what each sees alone, e.g. `its own jobs`. */
export function explainSplit(servers: number, own: string): string {
  return `${servers} servers share the database, and each sees only ${own}. Set data.sharedDir to a folder that all of them see.`
}
