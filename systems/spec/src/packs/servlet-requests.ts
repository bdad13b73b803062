import type { CallRule } from './pack.ts'

/** What code reads of the request of a servlet container, which Spring and JAX-RS hand to it (jakarta.ee, "Servlet", 3). */
export const servletRequests: Record<string, CallRule> = Object.fromEntries(
  ['javax', 'jakarta'].flatMap((root): [string, CallRule][] => [
    [`${root}.servlet.http.HttpServletRequest().getHeader`, { does: 'read', in: 'header', name: 0 }],
    [`${root}.servlet.http.HttpServletRequest().getMethod`, { does: 'asked', of: 'method' }],
    [`${root}.servlet.http.HttpServletRequest().getParameter`, { does: 'read', in: 'query', name: 0 }],
  ]),
)
