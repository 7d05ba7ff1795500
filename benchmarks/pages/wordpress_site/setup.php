<?php
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = '@host@:@port@';
require __DIR__ . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Bench', 'bench', 'bench@bench.example', true, '', 'bench');
switch_theme('twentytwentyone');
update_option('permalink_structure', '');
update_option('comment_moderation', 0); update_option('comment_previously_approved', 0);
global $wpdb;
$words = 'เรื่องเล่าจากงานประจำที่ทำให้เข้าใจกันมากขึ้น ';
for ($done = 0; $done < @posts@; $done += 500) {
  $rows = [];
  for ($at = 0; $at < min(500, @posts@ - $done); $at++)
    $rows[] = $wpdb->prepare("(1, %s, %s, %s, %s, '', '', '', %s, %s, %s, '')", date('Y-m-d H:i:s', 1600000000 + $done + $at), date('Y-m-d H:i:s', 1600000000 + $done + $at), str_repeat($words, 6), "เรื่องที่ " . ($done + $at), 'post-' . ($done + $at), date('Y-m-d H:i:s'), date('Y-m-d H:i:s'));
  $wpdb->query("INSERT INTO wp_posts (post_author, post_date, post_date_gmt, post_content, post_title, post_excerpt, to_ping, pinged, post_name, post_modified, post_modified_gmt, post_content_filtered) VALUES " . implode(',', $rows));
}
$story = wp_insert_post(['post_title' => 'เบิกเงินยืมไม่ทันสิ้นเดือน', 'post_content' => str_repeat("<p>" . str_repeat($words, 5) . "</p>", 6), 'post_status' => 'publish', 'post_author' => 1]);
$ids = [0];
for ($at = 0; $at < 50; $at++)
  $ids[] = wp_insert_comment(['comment_post_ID' => $story, 'comment_content' => str_repeat($words, 2) . $at, 'comment_author' => "คนที่ " . ($at % 30), 'comment_author_email' => 'c' . ($at % 30) . '@bench.example', 'comment_approved' => 1, 'comment_parent' => $at % 3 ? 0 : $ids[array_rand($ids)]]);
$expires = time() + 86400;
$token = WP_Session_Tokens::get_instance(1)->create($expires);
echo json_encode(['story' => "/?p=$story", 'id' => (string) $story, 'cookies' => LOGGED_IN_COOKIE . '=' . urlencode(wp_generate_auth_cookie(1, $expires, 'logged_in', $token))]);
