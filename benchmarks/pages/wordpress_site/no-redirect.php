<?php
// The host's name is a number here, which WordPress would redirect to itself for ever.
remove_action('template_redirect', 'redirect_canonical');
