import type { Annotation } from '../../resolve/annotations.ts'

/** A library whose annotations of methods say who may call. */
interface GuardLibrary {
  name: 'shiro' | 'sa-token'
  annotations: RegExp
  /** What has Spring ask them: what code makes, or what a manifest names. */
  made: RegExp
  depended: RegExp
  /** What it throws of who is not signed in, and of who may not. */
  unknown: string
  forbidden: (annotation: string) => string
  /** An annotation asks for one of what it names where it says so. */
  mode: string
}

const shiro = 'org.apache.shiro.authz'
const saToken = 'cn.dev33.satoken'
const libraries: readonly GuardLibrary[] = [
  // shiro.apache.org, "Spring Framework", "Annotation-based Authorization".
  {
    name: 'shiro',
    annotations: /^org\.apache\.shiro\.authz\.annotation\./,
    made: /\bAuthorizationAttributeSourceAdvisor\b/,
    depended: /\bshiro-spring-boot(?:-web)?-starter\b|\bAuthorizationAttributeSourceAdvisor\b/,
    unknown: `${shiro}.UnauthenticatedException`,
    forbidden: () => `${shiro}.UnauthorizedException`,
    mode: 'logical',
  },
  // sa-token.cc, "Annotations".
  {
    name: 'sa-token',
    annotations: /^cn\.dev33\.satoken\.annotation\./,
    made: /\bSa(?:Annotation)?Interceptor\b/,
    depended: /\bsa-token-spring-aop\b/,
    unknown: `${saToken}.exception.NotLoginException`,
    forbidden: (annotation) =>
      `${saToken}.exception.${annotation.endsWith('Role') ? 'NotRole' : 'NotPermission'}Exception`,
    mode: 'mode',
  },
]

/** The library that an annotation is of; null of any other. */
export const guardLibrary = (path: string): GuardLibrary | null =>
  libraries.find(({ annotations }) => annotations.test(path)) ?? null

/** Whether an annotation of a library asks for all that it names, not for one of them. */
export function asksForAll({ path, args }: Annotation): boolean {
  const library = guardLibrary(path)
  return (
    library !== null &&
    args.some(({ name, value }) => name !== library.mode && value.t === 'list' && value.items.length > 1) &&
    !args.some(
      ({ name, value }) => name === library.mode && value.t === 'symbol' && value.path.endsWith('.OR'),
    )
  )
}

/** Where code has Spring ask annotations of libraries. */
export const asking = (code: string): { name: GuardLibrary['name']; at: number }[] =>
  libraries.flatMap(({ name, made }) =>
    [...code.matchAll(new RegExp(String.raw`\bnew\s+(?=${made.source})`, 'g'))].map(({ index }) => ({
      name,
      at: index,
    })),
  )

/** The libraries whose annotations Spring asks since a manifest or a file of beans names what has it. */
export const askedSince = (path: string, text: string): GuardLibrary['name'][] =>
  libraries.flatMap(({ name, made, depended }) =>
    depended.test(text) || (path.endsWith('.xml') && made.test(text)) ? [name] : [],
  )
