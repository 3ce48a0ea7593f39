// Markdown as it is, in one layout; articles are no templates.
module.exports = (config) => {
  config.addGlobalData("layout", "page.liquid");
  return {
    dir: { input: "content", includes: "../_includes", output: "public" },
    templateFormats: ["md"],
    markdownTemplateEngine: false,
  };
};
