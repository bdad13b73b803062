import type { CallRule, Pack } from '../pack.ts'

const roots = ['javax.servlet', 'jakarta.servlet']
const request = (root: string) => `${root}.http.HttpServletRequest()`
const response = (root: string) => `${root}.http.HttpServletResponse()`
const every = (make: (root: string) => Record<string, CallRule>): Record<string, CallRule> =>
  Object.assign({}, ...roots.map(make)) as Record<string, CallRule>

/** Servlets (jakarta.ee, "Jakarta Servlet", "Mapping Requests to Servlets", "Annotations and Pluggability"): classes with a method for each method of HTTP. */
export const servlet: Pack = {
  framework: 'Servlet',
  language: 'java',
  uses: /^(?:javax|jakarta)\.servlet\.(?:http|annotation|\*)$|^(?:javax|jakarta)\.servlet\.http\.\*$/,
  serves: /\bextends\s+HttpServlet\b|@WebServlet\b/,
  syntax: 'braces',
  calls: every((root) => ({
    [`${request(root)}.getParameter`]: { does: 'read', in: 'query', name: 0, withBody: 'form' },
    [`${request(root)}.getParameterValues`]: { does: 'read', in: 'query', name: 0, withBody: 'form' },
    [`${request(root)}.getHeader`]: { does: 'read', in: 'header', name: 0 },
    [`${request(root)}.getPart`]: { does: 'read', in: 'form', name: 0 },
    [`${request(root)}.getReader`]: { does: 'body' },
    [`${request(root)}.getInputStream`]: { does: 'body' },
    [`${response(root)}.sendError`]: { does: 'respond', status: { arg: 0 } },
    [`${response(root)}.sendRedirect`]: { does: 'respond', status: 302 },
    [`${response(root)}.sendRedirect`]: { does: 'respond', status: 302 },
    [`${response(root)}.setStatus`]: { does: 'respond', status: { arg: 0 }, sends: 'head' },
  })),
  annotations: {
    controllers: {},
    methods: {},
    parameters: {},
    status: {},
    plain: 'none',
    guards: Object.fromEntries(
      roots.map((root) => [`${root}.annotation.ServletSecurity`, { guard: 'role', roles: 0 }]),
    ),
    refusals: { unknown: 401, forbidden: 403 },
  },
  silentStatus: 200,
}
