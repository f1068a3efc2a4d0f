package dev.whydunit.server;

import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.core.configuration.SpringDocSpecPropertiesConfiguration;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.webmvc.core.configuration.SpringDocWebMvcConfiguration;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The description of the API at {@code /v3/api-docs}. What makes it is loaded when somebody asks for it first. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    SpringDocConfiguration.class,
    SpringDocConfigProperties.class,
    SpringDocSpecPropertiesConfiguration.class,
    SpringDocWebMvcConfiguration.class
})
class ApiDocs {
    /** Where what makes the description is from. */
    static final String MAKER = "org.springdoc";

    /** Beans of the description's maker are made when they are needed. */
    @Bean
    static BeanFactoryPostProcessor lateDescription() {
        return beans -> {
            for (String name : beans.getBeanDefinitionNames()) {
                String made = String.valueOf(beans.getBeanDefinition(name).getFactoryBeanName());
                if (made.startsWith(MAKER) || name.startsWith(MAKER)) {
                    beans.getBeanDefinition(name).setLazyInit(true);
                }
            }
        };
    }
}
