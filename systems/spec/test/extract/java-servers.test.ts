import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const resource = (name = 'BookResource', path = '/books') => `package app.api;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
@Path("${path}")
public class ${name} {
  @GET public String list() { return "[]"; }
}
`
const java = (name: string, body: string, imports: readonly string[], base = '') => `package app;
${imports.map((one) => `import ${one};`).join('\n')}
public class ${name}${base} {
${body}
}
`
const src = 'src/main/java/app'

const graded = async (files: Record<string, string>) => {
  const { set } = await extractFiles({ 'src/main/java/app/api/BookResource.java': resource(), ...files })
  return {
    operations: factsOf(set.facts, 'operation')
      .map(({ grade, method, path }) => `${grade} ${method} ${path}`)
      .toSorted(),
    asks: set.questions.map(({ text }) => text),
  }
}

const jersey = 'org.glassfish.jersey.servlet.ServletContainer'
const holder = 'org.eclipse.jetty.servlet.ServletHolder'

test.each<[string, Record<string, string>, string]>([
  [
    'a servlet that code holds and adds, with its pattern in a constant',
    {
      [`${src}/Server.java`]: java(
        'Server',
        `  private static final String ALL = "/api/*";
  void start() {
    var holder = new ServletHolder(new ServletContainer(new ResourceConfig()));
    holder.setInitOrder(1);
    context.addServlet(holder, ALL);
    context.addServlet(new ServletHolder(new DefaultServlet()), "/");
  }`,
        [jersey, holder, 'org.eclipse.jetty.servlet.DefaultServlet'],
      ),
    },
    'proved GET /api/books',
  ],
  [
    'a servlet that extends the one of Jersey, handed to a helper of the repository',
    {
      [`${src}/Own.java`]: java('Own', '', [jersey], ' extends ServletContainer'),
      [`${src}/Server.java`]: java(
        'Server',
        `  void start() { add(new Own(), "/rest/*"); }
  private void add(jakarta.servlet.Servlet servlet, String pattern) {
    // Here is what ServletContainer is put on.
    context.addServlet(new ServletHolder(servlet), pattern);
  }`,
        [holder],
      ),
    },
    'proved GET /rest/books',
  ],
  [
    'an application of OSGi’s whiteboard',
    {
      [`${src}/Web.java`]: java(
        'Web',
        '',
        ['jakarta.ws.rs.core.Application'],
        ' extends Application',
      ).replace(
        'public class',
        '@org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationBase("rest")\npublic class',
      ),
    },
    'proved GET /rest/books',
  ],
  [
    'a module of Guice',
    {
      [`${src}/Web.java`]: java(
        'Web',
        '  protected void configureServlets() { serve("/v1/*").with(GuiceContainer.class); }',
        [
          'com.sun.jersey.guice.spi.container.servlet.GuiceContainer',
          'com.google.inject.servlet.ServletModule',
        ],
        ' extends ServletModule',
      ),
    },
    'proved GET /v1/books',
  ],
  [
    'a server that is made with its whole address',
    {
      [`${src}/Main.java`]: java(
        'Main',
        `  public static void main(String[] args) {
    GrizzlyHttpServerFactory.createHttpServer(URI.create("http://0.0.0.0:" + args[0] + "/myapp/"), new ResourceConfig());
  }`,
        ['java.net.URI', 'org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory'],
      ),
    },
    'proved GET /myapp/books',
  ],
  [
    'a server of CXF below its servlet, which a container of OSGi is told with a default',
    {
      [`${src}/Server.java`]: java(
        'Server',
        '  void start() { JAXRSServerFactoryBean bean = new JAXRSServerFactoryBean(); bean.setAddress("/store"); bean.create(); }',
        ['org.apache.cxf.jaxrs.JAXRSServerFactoryBean'],
      ),
      'package/etc/org.apache.cxf.osgi.cfg': 'org.apache.cxf.servlet.context=${app.servlet.context:-/cxs}\n',
    },
    'proved GET /cxs/store/books',
  ],
  [
    'a server of CXF in XML',
    {
      'src/main/resources/OSGI-INF/blueprint/rest.xml': `<blueprint><bean id="books" class="app.api.BookResource"/>
<jaxrs:server id="a" address="/one"><jaxrs:serviceBeans><ref component-id="books"/></jaxrs:serviceBeans></jaxrs:server>
<jaxrs:server id="b" address="/two"><jaxrs:serviceBeans><bean class="app.api.Other"/></jaxrs:serviceBeans></jaxrs:server></blueprint>`,
      'features.xml': '<config name="org.apache.cxf.osgi">org.apache.cxf.servlet.context=/rest</config>',
    },
    'proved GET /rest/one/books',
  ],
  [
    'settings of Dropwizard, below the context of the application',
    {
      'pom.xml': '<project><dependency><artifactId>dropwizard-core</artifactId></dependency></project>',
      'config.yml':
        'logging:\n  level: INFO\nserver:\n  # behind the gateway\n  applicationContextPath: /library\n  rootPath: "/api/*"\n',
    },
    'proved GET /library/api/books',
  ],
  [
    'settings of Dropwizard that do not agree',
    {
      'pom.xml': '<project><dependency><artifactId>dropwizard-core</artifactId></dependency></project>',
      'config.yml': 'server:\n  rootPath: /api\n',
      'config-dev.yml': 'server:\n  rootPath: /dev\n',
    },
    'declared GET /dev/books',
  ],
  [
    'a framework that serves at its root',
    { 'pom.xml': '<project><dependency><groupId>io.quarkus</groupId></dependency></project>' },
    'proved GET /books',
  ],
])(
  'resources of JAX-RS stand below what puts them on a server: %s [SPEC-EXTRACT-09]',
  async (_, files, operation) => {
    expect((await graded(files)).operations).toEqual([operation])
  },
)

test.each<[string, Record<string, string>]>([
  ['nothing', {}],
  [
    'CXF whose servlet is not told of',
    {
      [`${src}/Server.java`]: java(
        'Server',
        '  void start() { new JAXRSServerFactoryBean().setAddress("/"); }',
        ['org.apache.cxf.jaxrs.JAXRSServerFactoryBean'],
      ),
    },
  ],
])(
  'what was seen to put resources of JAX-RS on a server is asked for, and no path is proved: %s [SPEC-EXTRACT-09]',
  async (_, files) => {
    const found = await graded(files)
    expect(found.operations).toEqual(['declared GET /books'])
    expect(found.asks).toContain('What comes before /books?')
  },
)

const spring = (name: string, path: string) => `package app;
import org.springframework.web.bind.annotation.*;
@RestController
public class ${name} {
  @GetMapping("${path}") public String list() { return "[]"; }
}
`
const springIn = async (files: Record<string, string>) => {
  const { set } = await extractFiles({
    'pom.xml': '<project><dependency><artifactId>spring-boot-starter-web</artifactId></dependency></project>',
    ...files,
  })
  return factsOf(set.facts, 'operation')
    .map(({ grade, method, path }) => `${grade} ${method} ${path}`)
    .toSorted()
}
const resources = 'src/main/resources'

test.each<[string, Record<string, string>, string]>([
  [
    'the active one',
    {
      [`${resources}/application.yml`]: 'spring:\n  profiles:\n    active: ${PROFILE:prod}\n',
      [`${resources}/application-dev.yml`]: 'server:\n  port: 1\n',
      [`${resources}/application-prod.yml`]: 'server:\n  servlet:\n    context-path: /shop\n',
    },
    'proved GET /shop/a',
  ],
  [
    'those that all say the same',
    {
      [`${resources}/application-dev.properties`]: 'server.servlet.context-path=/shop\n',
      [`${resources}/application-prod.properties`]: 'server.servlet.context-path=/shop\n',
    },
    'proved GET /shop/a',
  ],
  [
    'those of which it is not known which is taken',
    {
      [`${resources}/application.properties`]: 'server.port=1\n',
      [`${resources}/application-prod.properties`]: 'server.servlet.context-path=/shop\n',
      [`${resources}/application-dev.properties`]: 'server.port=2\n',
    },
    'declared GET /a',
  ],
  [
    'a part of one file for a profile that is not active',
    {
      [`${resources}/application.yml`]:
        'spring:\n  profiles:\n    active: dev\n---\nspring:\n  config:\n    activate:\n      on-profile: dev\nserver:\n  servlet:\n    context-path: ${CTX:-/dev}\n',
    },
    'proved GET /dev/a',
  ],
])(
  'the path of a program of Spring may stand in its profiles: %s [SPEC-EXTRACT-09]',
  async (_, files, operation) => {
    expect(await springIn({ [`${src}/A.java`]: spring('A', '/a'), ...files })).toEqual([operation])
  },
)

test('a library that several programs are made of has the path that all of them have, else it is asked for [SPEC-EXTRACT-09]', async () => {
  const programs = (shop: string, admin: string) => ({
    'shop/src/main/resources/application.yml': `server:\n  servlet:\n    context-path: ${shop}\n`,
    'shop/src/main/java/app/Shop.java': spring('Shop', '/carts'),
    'admin/src/main/resources/application.yml': `server:\n  servlet:\n    context-path: ${admin}\n`,
    'common/src/main/java/app/Common.java': spring('Common', '/health'),
  })
  expect(await springIn(programs('/api', '/api'))).toEqual([
    'proved GET /api/carts',
    'proved GET /api/health',
  ])
  expect(await springIn(programs('/api', '/admin'))).toEqual([
    'declared GET /health',
    'proved GET /api/carts',
  ])
})

test('text that is a body has any media type, unless its method names one [SPEC-EXTRACT-05]', async () => {
  const { set } = await extractFiles({
    'pom.xml': '<project><dependency><artifactId>spring-boot-starter-web</artifactId></dependency></project>',
    [`${src}/A.java`]: `package app;
import org.springframework.web.bind.annotation.*;
@RestController
public class A {
  @PostMapping("/any") public void any(@RequestBody String text) {}
  @PostMapping(value = "/plain", consumes = "text/plain") public void plain(@RequestBody String text) {}
  @PostMapping("/book") public void book(@RequestBody Book book) {}
}
record Book(String title) {}
`,
  })
  expect(
    factsOf(set.facts, 'body')
      .map(({ mediaType }) => mediaType)
      .toSorted((a, b) => a.localeCompare(b)),
  ).toEqual(['*/*', 'application/json', 'text/plain'])
})
