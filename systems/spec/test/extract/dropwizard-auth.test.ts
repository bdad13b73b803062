import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

test('a parameter of a resource of Dropwizard that wants who calls refuses who is not signed in, unless it may go without [SPEC-EXTRACT-06]', async () => {
  const { facts } = (
    await extractFiles({
      'pom.xml': '<project><dependency><artifactId>dropwizard-core</artifactId></dependency></project>',
      'src/main/java/farm/App.java': `package farm;
import io.dropwizard.auth.AuthDynamicFeature;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Environment;

public class App extends Application<Configuration> {
    @Override
    public void run(Configuration configuration, Environment environment) {
        environment.jersey().register(new Fields());
        environment.jersey().register(new AuthDynamicFeature(new Gate()));
    }
}
`,
      'src/main/java/farm/Fields.java': `package farm;
import io.dropwizard.auth.Auth;
import jakarta.annotation.security.*;
import jakarta.ws.rs.*;
import java.util.Optional;

@Path("/fields")
public class Fields {
    @POST
    public String plough(@Auth Farmer farmer, Field field) { return "ploughed"; }

    @GET
    public String all(@Auth Optional<Farmer> farmer) { return "fields"; }

    @GET
    @Path("/mine")
    @PermitAll
    public String mine(@Auth Farmer farmer) { return "mine"; }

    @GET
    @Path("/free")
    @PermitAll
    public String free(@Auth Optional<Farmer> farmer) { return "free"; }

    @GET
    @Path("/count")
    @PermitAll
    public String count() { return "2"; }

    @DELETE
    @RolesAllowed("OWNER")
    public String sell(@Auth Farmer farmer) { return "sold"; }
}
`,
      'src/main/java/farm/Field.java': 'package farm;\npublic record Field(int acres) {}\n',
    })
  ).set
  const titles = new Map(factsOf(facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  const guards = factsOf(facts, 'guard').map((one) => sayFact(one, titles.get(one.operation) ?? ''))
  expect(guards.toSorted()).toEqual([
    'WHEN a client sends DELETE /fields, the service SHALL refuse a caller without OWNER, and answer 401 to one who is not signed in.',
    'WHEN a client sends GET /fields/count, the service SHALL answer 401 to a caller who is not signed in.',
    'WHEN a client sends GET /fields/mine, the service SHALL answer 401 to a caller who is not signed in.',
    'WHEN a client sends POST /fields, the service SHALL answer 401 to a caller who is not signed in.',
  ])
  expect(factsOf(facts, 'body').map(({ operation }) => titles.get(operation))).toEqual(['POST /fields'])
})

test('of parameters that code of the program gives it is asked whom that refuses [SPEC-EXTRACT-06]', async () => {
  const { facts } = (
    await extractFiles({
      'pom.xml': '<project><dependency><artifactId>dropwizard-core</artifactId></dependency></project>',
      'src/main/java/farm/App.java': `package farm;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Environment;

public class App extends Application<Configuration> {
    @Override
    public void run(Configuration configuration, Environment environment) {
        environment.jersey().register(new Fields());
        environment.jersey().register(FarmerProvider.class);
    }
}
`,
      'src/main/java/farm/FarmerProvider.java': `package farm;
import io.dropwizard.auth.Auth;
import java.util.function.Function;
import org.glassfish.jersey.server.*;
import org.glassfish.jersey.server.internal.inject.AbstractValueParamProvider;
import org.glassfish.jersey.server.model.Parameter;

public class FarmerProvider extends AbstractValueParamProvider {
    @Override
    protected Function<ContainerRequest, ?> createValueProvider(Parameter parameter) {
        if (parameter.getAnnotation(Auth.class) == null) return null;
        return request -> Farmer.known(request);
    }
}
`,
      'src/main/java/farm/Fields.java': `package farm;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.*;

@Path("/fields")
public class Fields {
    @POST
    public String plough(@Auth Farmer farmer) { return "ploughed"; }
}
`,
    })
  ).set
  expect(factsOf(facts, 'guard')).toEqual([])
  expect(factsOf(facts, 'error').map(({ status, grade }) => [status, grade])).toEqual([[401, 'open']])
})
