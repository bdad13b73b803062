import type { Atom } from '../facts/condition.ts'
import type { Credential, parameterPlaces } from '../facts/fact.ts'
import type { Field } from '../facts/shape.ts'
import type { Language } from '../parse/ir.ts'

/** Which argument: its position (-1 is the last), or its name, or the position unless it is named. */
export type Arg = number | string | { at: number; name: string }

/** Where a status comes from: always the same one, an argument, or an argument with one to fall back to, or with another one where an option is true. */
export type StatusRule =
  | number
  | { arg: Arg; otherwise?: number; whereTrue?: { arg: Arg; status: number } }
  | { any: true; otherwise: number }

export type ParameterPlace = (typeof parameterPlaces)[number]

/** How a framework writes variables of a path; a pattern in `braces` may take several parts of it, one in `parts` never does; `converted` has `{int:id}`, `angle` `<int:id>`, `name-first` `<id:int>` and `bottle` that or the older `:id#[0-9]+#`; `brackets` are those of files: `[id]`, `[...rest]`, `[[...rest]]`. */
export type PathSyntax =
  | 'colon'
  | 'braces'
  | 'parts'
  | 'converted'
  | 'angle'
  | 'name-first'
  | 'bottle'
  | 'regex'
  | 'brackets'

/** What calling a method of a router does. */
export type MethodRule =
  /** Routes one method; `*` is any. `handlers`: from which argument on, or the one of that name. Without handlers it decorates a function. */
  | {
      does: 'route'
      method: string
      path: Arg
      handlers?: Arg
      decorates?: true
      methods?: Arg
      /** Without a path it routes that of its router: all that it is given are handlers then. */
      mayLackPath?: true
      /** A name may come before the path. */
      mayBeNamed?: true
      /** The handler comes before its middleware. */
      isHandlerFirst?: true
      /** Of an application its name is that of something else. */
      isOfParts?: true
      /** It gives a part of its own, which what follows sets up: `.use(…)`. */
      isPart?: boolean
      /** An object beside the handler, with a schema for each part of the request, and its members that run before. */
      settings?: number
      runs?: readonly string[]
      /** An object before the handlers, as `object` has it. */
      object?: { keys: readonly string[]; schema: string }
    }
  /** Routes the methods that an argument names. */
  | { does: 'handle'; methods: Arg; path: Arg; handlers: number | string; isHandlerFirst?: true }
  /** `"GET /path"` in one text. */
  | { does: 'pattern'; pattern: Arg; handlers: number }
  /** A part below a prefix, or below its name where it has none: returned (the router itself where `isOwn`), and given to a function where one is named. */
  /** `isAround`: what its function routes without naming a router belongs to it. `runs`: an object with what runs before all of it; without a function it is for all of the router. */
  | {
      does: 'group'
      prefix?: Arg
      named?: Arg
      middleware?: number
      body?: Arg
      isOwn?: true
      isAround?: true
      runs?: { arg: Arg; keys: readonly string[] }
      /** What it has and does not route is called by this. */
      called?: string
    }
  /** Routes for a class with a method for each operation on things of a kind; gives a part of their own. */
  | { does: 'things'; path: Arg; handler: Arg }
  /** Things under names that code names later (`middleware`), or one after which it is written (`server.use`). */
  | { does: 'named'; arg: Arg }
  /** A predicate of requests with a handler, or with a part below it. */
  | { does: 'predicate' }
  /** Puts another router below a prefix. */
  | {
      does: 'mount'
      prefix?: Arg
      child: Arg
      /** Options that the child's routes have where it says nothing. */
      handsDown?: readonly string[]
      childPrefix?: string
      /** A list of routes in place of a router. */
      routes?: Arg
      /** Whatever it is given routes: of one that is not here is asked what. */
      isOfRoutes?: boolean
    }
  /** Puts the router itself on another. */
  | { does: 'put-on'; router: Arg; prefix?: Arg }
  /** Is given routers, and functions that are given this one. */
  | { does: 'plug' }
  /** Middleware before all of the part. */
  | { does: 'around' }
  /** Anything, in any order: a prefix, routers, middleware, an error handler by its number of parameters. */
  | { does: 'use'; errorParameters?: number }
  /**
   * One route in steps, in any order: its path, its methods (all arguments, or the first of two), its handler. What it gives goes on with the same route.
   * `joins`: handlers of one route run after each other, and those of a route of any method that has no path, or all below one, before others.
   */
  | {
      does: 'step'
      path?: Arg
      isPrefix?: true
      methods?: true | 'first'
      method?: string
      handler?: number
      joins?: true
      /** The name that an API description has for it, with its method and its path. */
      described?: number
      /** A router that answers all below the path. */
      child?: number
    }
  /** A thing and which of its methods answers which of HTTP's (`"get,post:Save;put:Change"`); without that those that are named for them. */
  | { does: 'mapped'; path: Arg; thing: Arg; mapping: Arg }
  /** A part below a prefix, with what its other arguments are, as `listed` says. */
  | { does: 'nested'; prefix: Arg; from: number }
  /** All that the router has is served. */
  | { does: 'serve' }
  /** A router of one path. */
  | { does: 'path'; path: Arg }
  /** One object has all, by itself or in a call (`createRoute({…})`); `handlers`: from which argument on there are more; `keys`: those of its members that handle, in order. */
  | {
      does: 'object'
      arg: Arg
      handlers?: number
      keys?: readonly string[]
      /** Members that hold more of the same; what is there by itself counts first. */
      nested?: string[]
      /** The member that has a schema for each part of the request. */
      schema?: string
      /** The argument that says what is done with requests that do not fit: no handler. */
      misfits?: number
      /** A call beside it that gives the prefix of all, calls that have some of them behind what is before an argument, and those beside it that stand before all. */
      prefixed?: string
      wrapped?: { by: RegExp; from: number }
      guarded?: RegExp
    }
  /** Runs at a step of each request below it that the first argument names: those before a handler count. */
  /** `routes`: what runs whenever one is routed, and may change what it was routed with. `errors`: what runs before any answer of the program, those of errors too. */
  | { does: 'hook'; names: RegExp; routes?: RegExp; errors?: RegExp; isForEarlier?: true }
  /**
   * Runs before each request below the router, wherever in the code it is said: a function that is decorated or given, or the method of a class that is given.
   * `isForAll`: before all requests of the program.
   */
  | { does: 'before'; fn?: Arg; method?: string; only?: string; isForAll?: true }
  /** Gives the router, or what `on` says, a member. */
  | { does: 'decorate'; on?: string }
  /** Runs before each route with a path parameter of this name; its first `drops` parameters are none of a handler's. */
  | { does: 'param'; name: Arg; drops: number }
  /** A function is given a router of its own: plugins of Fastify and hapi. */
  | { does: 'register' }
  /** Pyramid's configuration, which is only known as a whole. */
  | {
      does: 'configure'
      what:
        | 'route'
        | 'view'
        | 'exception-view'
        | 'notfound-view'
        | 'forbidden-view'
        | 'service'
        | 'resource'
        | 'directive'
        | 'include'
        | 'scan'
    }
  /** What errors become. */
  /** `isForAll`: of the whole program, whatever part it is put on. */
  | { does: 'error'; handler: Arg; type?: Arg; decorates?: true; isForAll?: true }
  /** A schema that others name by its `$id`. */
  | { does: 'keep-schema'; arg: Arg }
  | { does: 'self' }
  /** What comes before operations that an API description secures by a name, or without a name before all, wherever it is said. */
  | { does: 'secure'; name?: number; handler: number }
  /** Gives the router, and calls a function once it is ready: `takes` says which of what that is given is the router. */
  | { does: 'later'; fn: Arg; takes: number }
  /** Keeps something under a name, as what the application has for all of its code; with the name alone it gives it. */
  | { does: 'setting'; name: number; value: number }
  | { does: 'prefix'; path: Arg }
  /** The routes of this router, to be used by another. `errors`: the option that says what errors become. */
  | { does: 'routes'; errors?: { arg: Arg; option: string } }
  /** A class with a method for each method of HTTP, and its paths. */
  | { does: 'resource'; cls: number; paths: number; decorates?: true }
  /** A thing with a method for each of several operations: of all at the path without its last part, or of one of them. */
  | { does: 'crud'; path: Arg; handler: Arg; methods: Record<string, { method: string; isOfAll?: true }> }
  /** A folder of modules, each a plugin, its folders as prefixes. */
  | { does: 'autoload' }
  /** A list of routes, as `listed` says. */
  | { does: 'list'; routes: Arg }

/** An option that says where something is looked for (`header:X-Key,query:key`), and where it is without that. */
export interface Lookup {
  option: string
  otherwise: readonly Credential[]
}

/**
 * What code outside does that refuses: its path, and the status, or the error that it raises. `unless` is an option, of that value or of any, with which it does not, `mayLack` one
 * with which it refuses only what is wrong with what it is shown. `asks`: what shows who calls; `strategies` are passport's, by the names that it is given, `transports` those of FastAPI Users.
 */
export interface Refusal {
  of: RegExp
  status: number
  raises?: string
  /** What it raises is made with its status. */
  madeWithStatus?: true
  unless?: { option: string; is?: boolean }
  mayLack?: { option: string; is: boolean }
  /** The option that says another status. */
  statusBy?: string
  /** With this option it is that status. */
  where?: { option: string; is: boolean; status: number }
  asks?: readonly Credential[] | 'strategies' | 'transports' | Lookup
  /** It refuses what comes without this part of the request: that which its option names, else this; of several what has none of them; `where`: and only then. */
  lacks?: { option: string; otherwise: string | readonly string[]; where?: Atom }
  /** What else it refuses where an option is given as true. */
  byOption?: Readonly<Record<string, Atom>>
  /** Without any of these options it refuses nobody. */
  isOnlyByOption?: true
  /** It refuses who has none of the roles that it is given. */
  byRoles?: true
  /** It refuses who is not signed in, whatever the status. */
  isForUnknown?: true
  /** It is only so where this option is given. */
  only?: { option: string; is: boolean }
  /** It refuses where this fails so, which says nothing of who is let in. */
  fails?: { call: string; with: string }
  /** It refuses only requests with these methods. */
  on?: RegExp
  /** What code says where it is answered otherwise, and with which status; 0 where that is code's own. The last that is said holds. */
  /** `by`: the decorator of the function that answers. */
  otherwise?: readonly { said: RegExp; status: number; by?: string }[]
}

/** Reads an input by a schema and refuses what does not fit: `@use_args(schema, location='query')`, `zValidator('json', schema)`. */
export interface SchemaRule {
  of: RegExp
  schema: Arg
  /** Which argument names the place; one of an object's names (`celebrate({ body, query })`) where it is null. */
  place: Arg | null
  /** The place where none is named. */
  otherwise?: ParameterPlace | 'body'
  status: number
  raises?: string
  /** An argument that answers instead. */
  hook?: Arg
  /** The option that says another status. */
  statusBy?: string
  /** It checks nothing without this option, or with that one. */
  only?: { option: string; is: boolean }
  unless?: { option: string; is: boolean }
}

export interface RouterRule {
  /** Requests arrive here; others have to be mounted. */
  isApp: boolean
  /** It may be made with a predicate of requests and a handler, or what is nested. */
  predicate?: true
  /** How many last arguments of its calls are no handlers. */
  trailing?: number
  /** Where the API description is whose operations it routes. */
  description?: Arg
  /** Its own prefix. */
  prefix?: Arg | { arg: Arg; option: string }
  /** The name that is its prefix where it is given none. */
  named?: Arg
  /** What runs before all of its routes, where it is made with some. */
  middleware?: Arg
  /** A function that is called with it as the program begins. */
  begins?: Arg
  /** The router that it is put on, where one is given. */
  on?: Arg
  /** A list of routes that it is made with, as `listed` says. */
  routes?: Arg
  /** The one route that the call makes. */
  route?: MethodRule
  /** What errors become, by their classes or statuses. */
  errors?: Arg
  /** Its name, which those of its routes begin with. */
  name?: Arg
  /** What it is called by; what it has and does not route is called by that too. */
  called?: string
  /** Options that its routes have where they, and routers nearer to them, say nothing. */
  handsDown?: readonly string[]
  /** An option that says what is done with requests to its own routes that do not fit. */
  misfits?: { arg: Arg; option: string }
  /** What it is put on answers errors of this class by their statuses, and not with what they say. */
  answersErrors?: string
  /** Handlers of errors of what it is put on are none of its own, unless the program says this. */
  keepsErrors?: { unless: RegExp | null }
  /** A list of what runs before all of its requests, each as a thing of a class or as a call that is given a class (`Middleware(Class, …)`), by the methods of that. */
  befores?: { arg: Arg; methods: readonly string[] }
  /** What it is made with is mounted in it. */
  holdsParts?: true
  /** The option of an argument that is what errors become, or the method of it that answers them. */
  errorHandler?: { arg: Arg; option: string } | { arg: Arg; method: string }
  /** Options that list what runs before all of its requests, and one that names what functions below it are given. */
  hooks?: readonly string[]
  provides?: string
  /** Options that list functions, or things with a method of that name, which are given all that it is made with before it is made. */
  configuredBy?: { lists: readonly string[]; method: string }
  /** A function that sets it up: `prefix` is the member by which it says a prefix. */
  setUp?: { fn: Arg; prefix: string }
}

/** Functions that decorators from outside make handlers, and classes of such methods, which are listed where a router is made. */
export interface MarkedHandlers {
  /** Decorators, by the method of a request that they route. */
  marks: Record<string, { method: string; methods?: Arg; path: Arg }>
  controllers: RegExp
  /** Members of such a class and options of such a decorator: the path of a class, what runs before, what errors become, what functions below are given by name. */
  prefix: string
  hooks: readonly string[]
  errors: string
  provides: string
  /**
   * What a program is configured by that signs callers in before all of this. `exempt`: with this option a handler is left out, or with the one that `renamed` of what it is made with
   * names; `paths`: patterns of paths that it leaves out; `finds`: what gives the caller, and what that is given.
   */
  signsIn?: {
    of: RegExp
    exempt: string
    renamed: string
    paths: string
    finds: string
    finderParameters: readonly string[]
  }
}

/** What a call means in a handler. Paths are as `SymbolValue.path` has them. */
export type CallRule =
  /**
   * `key`: only where this argument is that of a package, for whose answers the status is (a value of a context). `of`: what answers with it.
   * `isForReturned`: what the handler returns then is answered with it. `isForSent`: what was given to be sent before is too.
   * `isOfOne`: it is set on one answer that code made, and on no other.
   */
  | {
      does: 'status'
      status: StatusRule
      key?: { arg: Arg; is: string }
      of?: string
      isForReturned?: true
      isForSent?: true
      isOfOne?: true
    }
  /** `of`: what the status that was set before is of. `sends`: the head, after which a body changes no status, or that body. `to`: only where the first argument of what it is called on, or its own argument `toAt`, is one of these. */
  | {
      does: 'respond'
      of?: string
      status?: StatusRule
      body?: Arg
      media?: string
      sends?: 'head' | 'body'
      to?: RegExp
      toAt?: number
      /** Without this argument the status that was set before is kept. */
      keepsStatus?: Arg
      /** So is one that sends elsewhere. */
      keepsRedirect?: true
      /** An error that it is given is handed on to the handlers of errors, unless another status was set. */
      sendsErrors?: true
      /** A status that is set right after it is its own. */
      maySetLater?: true
      /** Its first argument is the status where that is one, and the others come after it. */
      maySayStatus?: true
      /** It gives what it was called on. */
      givesSelf?: true
    }
  /** `withBody`: the place where the method of the request has a body; `orBody`: one where it may stand as well then. */
  | {
      does: 'read'
      in: ParameterPlace
      name: Arg
      otherwise?: Arg
      /** `list`: it gives all that came under the name. */
      type?: string
      isRequired?: true
      withBody?: ParameterPlace
      orBody?: ParameterPlace
      /** The error that is raised where it is missing and no other is given, or, where an option is named, where that is true. */
      missing?: string
      requiredBy?: string
      /** The error that is raised where it is none of its type. */
      unfit?: string
      /** A name that begins with a colon is that of a part of the path. */
      namesPath?: true
      /** A part of the path of that name comes first. */
      orPath?: true
      /** Headers are named as a gateway has them (RFC 3875, 4.1.18): `HTTP_X_KEY`. */
      isOfGateway?: true
      /** It gives all of them where no name is given. */
      allWithout?: true
    }
  /** `fails`: the status of the error that it gives; `answers`: what it answers by itself where the body does not fit; `field`: the one of the body that it gives; `binding`: the argument that names the place; `onGet`: the place where nothing has a body. */
  | {
      does: 'body'
      /** What it gives has members of its own: they are no fields. */
      isOpaque?: true
      /** It is called on what reads anything: a file, what another service answered. Only what reads the request has its body. */
      isReader?: true
      /** Requests that are asked by GET or HEAD have none. */
      neverOnGet?: true
      into?: Arg
      media?: string
      /** What is read, where that is given and has to be of the request. */
      from?: Arg
      binding?: Arg
      onGet?: 'query'
      /** It goes by the media type that the request says: JSON, a form, XML. */
      isByType?: true
      fails?: number
      answers?: number
      field?: Arg
      /** What the program sets on its router in place of it, by its method. */
      ownPart?: { part: string; method: string }
    }
  /** What the program sets on its router under that name does it, by its method. */
  | { does: 'own-part'; part: string; method: string }
  /** The status that an error stands for, and 0 where it stands for none. */
  | { does: 'error-status'; arg: Arg }
  /**
   * An error is answered with the status and the body that the program's function for errors gives, which the last call of `by` was given; else with `otherwise`.
   * `remote`: where code imports one of these, what calls outside fail with may say another status. `module`: so may any error where a manifest replaces it.
   */
  | { does: 'error-answer'; error: Arg; by: string; otherwise: number; remote?: RegExp; module?: string }
  /** The answer that the framework makes of an error, for a handler that changes it. */
  | { does: 'handled'; arg: Arg }
  /** `error`: the class that it is, where handlers of errors may know it; `errors`: that by its status. `asks`: what of the request it needs to know who calls. */
  | {
      does: 'raise'
      status: StatusRule
      message?: Arg
      never?: true
      /** It makes the answer of the refusal, and does so whenever it is called. */
      always?: true
      error?: string
      /** Only handlers of the error's own class answer it: of any other error too much is not known. */
      isNamed?: true
      errors?: ReadonlyMap<number, string>
      /** It is thrown: an error of this function of a package, which a `catch` around takes. */
      throws?: string
      asks?: readonly Credential[]
      unless?: { option: string; is: boolean; at?: number }
      /** What it has to be a call of, as code has it. */
      on?: RegExp
      /** The argument that it comes where it is not true. */
      asserts?: Arg
    }
  /** The argument is the answer. */
  | { does: 'answer'; arg: Arg }
  /** The argument is thrown. `isHandedOn`: it is given to the handlers of errors, and no `catch` around takes it. */
  | { does: 'throw'; arg: Arg; isHandedOn?: true }
  /** The argument is answered later: an answer as it is, an error as one that is thrown, anything else as the body. */
  | { does: 'resume'; arg: Arg }
  /** A header of the request is given another value: what is read of it later is no input. */
  | { does: 'set-header'; name: Arg }
  /** The path or the method of the request, or the path as its route is written. */
  | { does: 'asked'; of: 'path' | 'method' | 'pattern' }
  | { does: 'self' }
  /** What is given takes part where the program says so; `order`: the place that it is given. */
  | { does: 'bind'; arg: Arg; order: Arg }
  /** A list of what it is given. */
  | { does: 'list' }
  /** A value answers by its own method, after what that sets (go-chi/render's `Renderer`). */
  | { does: 'render'; arg: Arg; method: string }
  /** Something else of the framework's: the request of a context. `made`: only where it is made of this. `keepsText`: it is told as the code calls it. */
  | { does: 'give'; path: string; made?: RegExp; keepsText?: true }
  /** It gives back what it is given. */
  | { does: 'same'; arg: Arg }
  /** What comes after this middleware runs here, and its errors pass through. */
  | { does: 'next' }
  /** Hands on to what comes after it, and goes on when that is done. */
  | { does: 'pass' }
  /** A part of the request that a function is given to check: what that makes of it, `status` where it throws. */
  | { does: 'checked'; in: 'query' | 'path' | 'body'; by: Arg; status: number }
  /** Members of what it gives are values of the request. */
  | { does: 'inputs'; in: ParameterPlace | 'body' }

/** A call, by its last name, that puts all controllers of a program on a router. */
export interface ControllerServer {
  of: RegExp
  /** The argument that is the router; without it the call makes one. */
  on?: Arg
  /** The framework of the router that it makes. */
  base: Pack
  options?: Arg
  /** The option that is a prefix of all paths, where nothing else reads that. */
  prefix?: string
  /** It makes something that is set up by further calls, and has its controllers when it is built. */
  isBuilt?: true
}

export interface AnnotationRules {
  /** What puts controllers on routers of another framework. */
  servers?: readonly ControllerServer[]
  /** Parameters of a method of which none has an annotation are those of a handler. */
  givesHandlers?: true
  /**
   * What runs before a method: arguments of a controller's and a method's annotation from one on, all that other annotations are given, and classes that an
   * annotation puts before all. Of a class it is this method. `errors`: the method of such a class that takes errors.
   */
  middleware?: {
    method: string
    from?: number
    annotations?: readonly string[]
    classes?: { annotation: string; errors: string }
  }
  /** On a class: its paths. */
  controllers: Record<string, { path: Arg; isMarker?: true; prefix?: string }>
  /** A class with routed methods needs none of them. */
  isForAnyClass?: true
  /** On a method: its versions. */
  version?: string
  /** On a class with a controller or by itself: more of its path. */
  classPaths?: Record<string, { path: Arg }>
  methods: Record<string, { method: string; path: Arg; methods?: Arg }>
  /** On a method, its path; where the method and the path are two annotations. */
  methodPaths?: Record<string, { path: Arg }>
  parameters: Record<
    string,
    {
      in: ParameterPlace | 'body'
      name: Arg
      isRequired?: boolean
      required?: Arg
      otherwise?: Arg
      media?: string
      /** Without a name of its own it has that of the parameter, written with hyphens. */
      isHyphenated?: true
      /** Without a name of its own it has that of the parameter. */
      isNamedByParameter?: true
      /** It is of the path where that has a part of its name. */
      isOfPath?: true
    }
  >
  /** Parameters that are the framework's own things: the request, the answer. */
  gives?: Record<string, string>
  /** The status of a success. */
  status: Record<string, Arg>
  /** What sends elsewhere: the status is an argument, or what is meant without it. */
  redirects?: Record<string, { arg: Arg; otherwise: number }>
  /** Parameters without any of these: how they are bound; `query` where simple, `body`, or not at all. */
  plain: 'query' | 'body' | 'none'
  /** What has no annotation and is of a class is made of the body, where the method has one. */
  plainBody?: true
  /** Guards by annotation, with the argument of roles. */
  guards: Record<string, { guard: 'authentication' | 'role'; roles?: Arg }>
  /** Methods of classes that turn exceptions to answers: on the method, on the class. */
  advice?: { onMethod: Record<string, Arg>; onClass: string[] }
  /** A list of parameters is empty where none was sent, never missing. */
  emptyLists?: true
  /** Status of an answer with nothing in it, where it isn't 200. */
  emptyStatus?: number
  /** Status of methods of POST, where it isn't 200. */
  postStatus?: number
  /** The status of a value in the path or the query that is none of its type. */
  badValue?: number
  /** Status of a method that gives an optional, where there is nothing in it. */
  optionalStatus?: number
  /** The status of a request without what a guard asks for, and of one without the role. */
  refusals?: { unknown: number; forbidden: number }
}

/** Files that are routes by their place below a program's folder, which is one with a manifest that names the framework, or with its settings. */
export interface FileRoutes {
  manifest: RegExp
  /** The file of settings, from the program's folder, and the member that is a prefix of all paths. */
  settings?: { file: RegExp; prefix: string }
  /** From the program's folder; the group `path` is what the folders say, the group `method` the one that is routed. */
  files: RegExp
  /** What the path begins with and is no part of it. */
  leads?: RegExp
  /** The export that handles methods that have none. */
  forOthers?: string
  /** Files whose exports all code of the program has by their names. */
  everywhere?: RegExp
  /** Folders that are no part of the path. */
  silent?: RegExp
  /** Folders below which nothing is routed. */
  closed?: RegExp
  /** A handler for each method by its name, or one for all. */
  exports: 'methods' | 'default'
  /** A value that hands all requests on to a router of its own, whose paths are whole: no route by itself. */
  handsOn?: RegExp
  /** What runs before all whose paths match: the file, the names that it may be exported by, and the export whose `matcher` says which. */
  before?: { file: RegExp; names: readonly string[]; matcher: string }
  /** A file whose default is made of a list of what runs before which paths: `routes`, each with `matcher`, `methods` or `method`, and `middlewares`. */
  lists?: RegExp
  /** What else of the framework is answered, and is no operation: files, or what stands in them, with what they are called. */
  leftOut?: readonly { of: [string, string]; files?: RegExp; text?: RegExp }[]
}

/** One framework, as data. */
export interface Pack {
  framework: string
  language: Language
  /** Where files are routes. */
  files?: FileRoutes
  /** Frameworks whose routes it reads in their stead. */
  insteadOf?: string[]
  /** Imports, or roots of symbols, that are its own. */
  uses: RegExp
  /** What else a file that uses it for serving has, where the same packages are as often there for asking others. */
  serves?: RegExp
  /** Calls that make a router. */
  routers?: Record<string, RouterRule>
  /** Classes of packages outside that are named as this and are taken for one of `routers`: what more they do is asked. */
  alike?: { named: RegExp; as: string }
  /** Calls that serve applications below prefixes: the argument that has them by their prefix. */
  serving?: Record<string, Arg>
  /** Types whose values are routers: `true` where all requests arrive there, `false` where it may be below a prefix. */
  routerTypes?: Record<string, boolean>
  methods?: Record<string, MethodRule>
  /** What stands in lists of routes: calls by their path, and tuples as `[]`. */
  listed?: Record<string, MethodRule>
  marked?: MarkedHandlers
  /** Instances of classes that extend one of the framework's: what members mean that they do not have by themselves. */
  instances?: Record<string, string>
  /** What runs before all handlers does, wherever it is said. */
  usesComeFirst?: true | 'app'
  /** Of routes that fit a request the one that was registered first answers it; others come only where it hands on. */
  firstRouteAnswers?: true
  /** The name of the route that a request is for: the names of the routers above it, and that of its function. */
  endpoint?: string
  /** What has the functions of all routes by these names. */
  views?: readonly string[]
  /** Where code finds what a route was made with, and the option that it was made with: one that has no such option has an empty one. */
  routeOptions?: Readonly<Record<string, string>>
  /** Of handlers of one class of errors the last counts, and that of a part before that of the whole. */
  lastErrorFirst?: true
  /** What a handler of errors throws goes to that of the part above. */
  errorsGoUp?: true
  /** The error that reading an input raises by its name in brackets, where it is missing. */
  missingInput?: string
  /** Decorators that say the status of what a handler returns. */
  statusMarks?: readonly { of: RegExp; status: Arg }[]
  /** Of what runs before all requests of a router the last that was put there comes first. */
  lastComesFirst?: true
  /** What runs before all requests stands around the handlers of errors; `raisedAs`: an error of its own is answered with this status, whatever it is. */
  errorsAround?: { raisedAs?: number }
  /** The method by which a thing handles requests, where it is no function. */
  handlerMethod?: string
  /** The method of a thing that is put before handlers, where it is another one. */
  middlewareMethod?: string
  /** Options that say the version of a path and what is written before it, at the very beginning. */
  versions?: { option: string; prefix: string; otherwise: string }
  /** Members of a router that are that router: aiohttp's `app.router`. */
  selfMembers?: readonly string[]
  /** Of a class of handlers, what stands before the name of each method: Falcon's `on_get`. */
  methodPrefix?: string
  /** Decorators of a handler, or of a class of them, that are given what runs before it. */
  hookMarks?: RegExp
  /** What handlers of errors are given, in order: `error` is what they are for. */
  errorParameters?: readonly string[]
  /** What has the error there, where none of them is. */
  errorAt?: string
  /** Methods of a class of handlers that run before each of them. */
  runsBefore?: readonly string[]
  /** Parts of a path without a name are given to a handler in order. */
  namesByPosition?: true
  /** Functions that are no methods (`http.HandleFunc`): they route on the one router of the process. */
  functions?: Record<string, MethodRule>
  /** The names that this router has: `http.DefaultServeMux`. */
  processRouters?: readonly string[]
  /** The argument of such functions that is the router. */
  routesOn?: number
  /** What routes of such functions are mounted below, by their file: the first that fits, with `$1` for its groups. */
  prefixes?: { files: RegExp; prefix: string }[]
  /** A member of the object that routes says who may call: a role, unless it is the word for everybody. */
  access?: { key: string; everybody: string }
  syntax: PathSyntax
  /** A part of a router that is served by itself still asks for the prefixes of what it is a part of. */
  keepsPrefixes?: true
  /** What a handler is given, in order, by its number of parameters where that matters. */
  parameters?: string[]
  /** The handler of a route is given the parts of its path, in order, after the first of these: they are what this value holds. */
  pathParts?: string
  calls?: Record<string, CallRule>
  /** What functions that run before all handlers are given. */
  beforeParameters?: string[]
  /** The same of a class whose things are called as a program is (ASGI). */
  calledParameters?: readonly string[]
  /** What functions that middleware is made with are given, where that is not what handlers are. */
  callbacks?: readonly { of: RegExp; parameters: readonly string[] }[]
  /** Calls by their last name, of whatever they are (`query.get_or_404`). */
  lastCalls?: Record<string, CallRule>
  /** Decorators and middleware that read inputs by a schema. */
  schemas?: readonly SchemaRule[]
  /** Values whose members come from the request. */
  inputs?: Record<string, ParameterPlace | 'body'>
  /** Those of them whose members are files. */
  fileInputs?: readonly string[]
  /** What holds the query holds parts of the path too. */
  queryHoldsPath?: true
  /** Go's tags that name fields for what is read into them, by place; without one it is the field's own name. */
  inputTags?: Partial<Record<ParameterPlace | 'body', string>>
  /** Places that what binds a body reads besides it and the path, by the methods for which it does; all, where this says nothing. */
  bindsBeside?: Partial<Record<ParameterPlace, RegExp>>
  /** Whose rules such tags have after their names. */
  rules?: 'go-zero'
  /** Nothing but fields with such a tag is read. */
  bindsTagged?: true
  /** Where middleware finds the errors that what it handed on to has kept: it is what answers them. */
  keptErrors?: readonly string[]
  /** Where a handler finds the path without what it is mounted at. */
  pathBelow?: string
  /** Constants of code outside: `Segments.BODY`. */
  constants?: Readonly<Record<string, string | number>>
  /** Setting a member of a value. */
  assigns?: Record<string, 'status' | 'body'>
  /** The status that an answer has whose body is set to nothing. */
  emptyStatus?: number
  /** What says whether an answer was sent. */
  saysAnswered?: readonly string[]
  /** Classes that are thrown or returned as errors. */
  errors?: Record<string, StatusRule>
  /** Errors that hold a status which only code of the program answers with. */
  errorHolds?: Record<string, number>
  /** Middleware from outside that answers errors of one class: with the status of its option, else `status`. */
  errorMiddleware?: readonly { of: RegExp; takes: string; option: string; status: number }[]
  /** The status of an error that has none, is of the repository's own classes or of a schema's `parse`, and that nothing takes. */
  unexpectedStatus?: number
  /** Errors whose texts are for logs: answers do not say them. */
  loggedErrors?: RegExp
  /** Errors outside that extend others: which, and their bases. */
  errorBases?: readonly { of: RegExp; bases: readonly string[] }[]
  /** Functions outside that give what was checked before, and the errors of that check: they raise none of these. */
  neverRaise?: readonly { of: RegExp; errors: RegExp }[]
  /** Functions outside that make classes of errors: what says the status of these, and their text. */
  errorMakers?: Record<string, { status: StatusRule; message: Arg }>
  /** Classes of errors have the status of these static members (`static status = 404`). */
  errorStatics?: readonly string[]
  /** What classes of errors say, by a member of theirs, where they are made with nothing else (`default_detail`). */
  errorText?: string
  /** Errors of the language's own class have the status of these members (`err.statusCode`). */
  errorMembers?: readonly string[]
  /** Members that are things of another framework: Gin's request is Go's own. */
  holds?: Record<string, string>
  /** Members of an application that are what all requests, answers and contexts have. */
  ofApp?: Record<string, string>
  /** Middleware, decorators and guards from outside that refuse by themselves. */
  refuses?: readonly Refusal[]
  /** Settings of middleware from outside whose function says which requests it lets past. */
  skippedBy?: readonly string[]
  /** Values that are an answer when a handler returns them. `isNamed`: arguments with names are fields of its body. `ofReturned`: made of what a handler may return. */
  answers?: Record<
    string,
    { status: StatusRule; body?: Arg; isNamed?: true; emptyStatus?: number; ofReturned?: true }
  >
  /** Members of an object that a handler returns: its status, and the body. */
  answerMembers?: { status: string; body: string }
  annotations?: AnnotationRules
  /** Older versions wrote `:id`. */
  wasColon?: true
  /** What is answered where a handler ends without an answer. */
  silentStatus?: number
  /** What a program sets on its router: what errors become (`method`: of a thing the one that answers them), or a part that calls of the framework use. */
  routerSets?: Record<string, 'errors' | 'part' | { method: string }>
  /** The status of an error that a handler returns and that stands for none. */
  returnedErrors?: number
  /** An error that a handler gives back is an answer by itself: handlers of errors are for what is raised. */
  errorsAreAnswers?: true
  /** An error that a handler returns is as one that it throws. */
  returnsErrors?: true
  /** What a handler answered before it comes back is its answer. */
  answersBefore?: true
  /** Where a handler ends and wrote nothing, the status that it set is answered. */
  finishes?: true
  /** What a handler that just returns answers. */
  returns?: {
    status: number
    isBody: boolean
    emptyStatus?: number
    /** A handler that returns null answers so, whatever status it set, unless it wrote the answer itself. */
    nullStatus?: number
    maySayStatus?: true
    /** What a handler returns that is a status by its name, with no body. */
    saysStatus?: RegExp
    /** Nothing in the place of something is an answer without a body, with the status of one. */
    nothingIsEmpty?: true
    byMethod?: Record<string, number>
  }
  /** The option of a route that names the model of what is answered; without it a handler's own type of what it returns does. */
  responseModel?: string
  /** It may name one for each status, and what a handler says to return names none. */
  modelsByStatus?: true
  /** What a route for any method covers, where that is not every method that a client may send. */
  anyMethods?: readonly string[]
  /** A slash at the end makes another path. */
  isStrictSlash?: true
  /** What is routed below a prefix is written after it as it is: with no slash of its own it is part of the last name. */
  isAppended?: true
  /** A variable of a path may stand for nothing. */
  mayLackVariables?: true
  /** What stands for the rest of a path may stand for nothing. */
  restMayBeEmpty?: true
  /** Python: parameters of the function are the request's; Go: fields of its struct, by their tags. */
  functionParameters?: 'fastapi' | 'path' | 'tags'
  /** Such a function is given the body by this name, parts of the request by those, and anything else that is no simple value by what provides it; `marker` names the place of a parameter. */
  named?: { body: string; given: readonly string[]; marker: string }
  /** Classes outside that such a function may ask for, and the fields of a form that they take. */
  forms?: Record<string, readonly Pick<Field, 'name' | 'shape' | 'isRequired' | 'constraints'>[]>
  /** What checks a body is given an object without fields where a request has none. */
  emptyForNone?: boolean
  /** Such a function is given the request before them, as the first of `parameters`. */
  isGivenRequest?: true
  /** Schemas that a route names are checked before its handler. */
  checksSchemas?: true
  /** GET and HEAD have no body, whatever code asks for (Fetch, "Request"; Fastify, "Content-Type Parser"; h3, "readBody"). */
  hasBodiless?: true
  /** What bodies are typed as is checked before a handler. */
  checksTypes?: true
  /** Members of a route's schema that say another status for a request that does not fit, and that the handler is called all the same. */
  schemaStatus?: { status: string; goesOn: string }
  /** Status of a request that does not fit what is declared. */
  invalidStatus?: number
  /**
   * What becomes of a body that should be JSON and is none: the error that reading it raises, and the status that the framework answers that with; 0 where that is of
   * no request's making. `isBefore`: it is read before code of the program runs. `isForNone`: reading raises where there is no body as well.
   */
  unreadBody?: {
    raises: string
    status: number
    isBefore?: true
    isForNone?: true
    /** The middleware that reads it before; without, the framework itself does. */
    by?: RegExp
    /** How sources say that the framework itself does not. */
    unless?: RegExp
    /** Where this option of the middleware that reads it says how long it may be: what a longer one raises. */
    longer?: { option: string; raises: string; status: number }
  }
  /** Errors that it raises then, by what does not fit: a body, a bound of a parameter, its type. Handlers of errors may know them. */
  invalidErrors?: {
    body: readonly string[]
    bound: readonly string[]
    type: readonly string[]
    /** In place of these where the value belongs there. */
    typeIn?: Partial<Record<ParameterPlace, readonly string[]>>
    /** Where the body can not be read, which is so of any body that is no text. */
    unread?: readonly string[]
    /** Where it is missing, by where it belongs. */
    missing?: Partial<Record<ParameterPlace, readonly string[]>>
    /** Bounds that are checked by an annotation of the class: it, the errors, and the status where nothing takes them. */
    byClass?: { annotation: string; bound: readonly string[]; status: number }
  }
}
