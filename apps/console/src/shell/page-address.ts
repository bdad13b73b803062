/** Address of a system's page; its index (`/`) is at the system's own name, without a slash at the end. */
export function pageAddress(system: { name: string }, page: { path: string }): string {
  return page.path === '/' ? `/${system.name}` : `/${system.name}${page.path}`
}
