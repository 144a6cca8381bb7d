/** The search page. */
